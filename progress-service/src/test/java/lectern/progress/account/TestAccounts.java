package lectern.progress.account;

import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jwt.SignedJWT;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.web.TestApiResponse;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Requests for accounts and tokens. */
final class TestAccounts {

	static final String PASSWORD = "correct horse battery";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final AtomicInteger ADDRESSES = new AtomicInteger();

	private TestAccounts() {
	}

	/** Register a reader with the usual password. */
	static TestApiResponse register(TestProgress progress, String handle) {
		return register(progress, handle, "Reader " + handle, PASSWORD);
	}

	/** Each registration comes from another address, so that no limit is reached. */
	static TestApiResponse register(TestProgress progress, String handle, String name, String password) {
		return progress.anonymous()
			.with("X-Forwarded-For", "10.0.0." + ADDRESSES.incrementAndGet())
			.post("/api/v1/readers",
					MAPPER.writeValueAsString(Map.of("reader", handle, "name", name, "password", password)));
	}

	static TestApiResponse signIn(TestProgress progress, String handle, String password) {
		return progress.anonymous()
			.post("/api/v1/tokens", MAPPER.writeValueAsString(Map.of("reader", handle, "password", password)));
	}

	/** Return a token of a reader who is registered with the usual password. */
	static String token(TestProgress progress, String handle) {
		return token(signIn(progress, handle, PASSWORD));
	}

	static String token(TestApiResponse signedIn) {
		return signedIn.assertStatus(200).at("/accessToken").stringValue();
	}

	/** Register a reader with the usual password, and sign in for the first time. */
	static TestReader signedIn(TestProgress progress, String handle) {
		register(progress, handle).assertStatus(201);
		return progress.reader(handle, token(progress, handle));
	}

	/** Sign a reader in without a password, which would take long to hash. */
	static TestReader inSession(TestProgress progress, TestReader reader) {
		UUID session = UUID.randomUUID();
		progress.database()
			.sql("insert into session (id, reader, client, created_at, renewed_at, expires_at)"
					+ " values (:id, :reader, 'Test', now(), now(), now() + interval '1 day')")
			.bind("id", session)
			.bind("reader", reader.handle())
			.then()
			.block(HANG_LIMIT);
		String expired = progress.signingKey()
			.signForSession(reader.handle(), session.toString(), Duration.ofSeconds(-60));
		return progress.reader(reader.handle(), token(progress.anonymous().withToken(expired).post("/api/v1/tokens")));
	}

	/** Return the id of the session that a token belongs to. */
	static String session(String token) {
		try {
			return parse(token).getJWTClaimsSet().getStringClaim("sid");
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Parse a token without a check. */
	static SignedJWT parse(String token) {
		try {
			return SignedJWT.parse(token);
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Send GET with a token. */
	static TestApiResponse get(TestProgress progress, String path, String token) {
		return progress.anonymous().withToken(token).get(path);
	}

}
