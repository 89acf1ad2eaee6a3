package lectern.progress;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A key that signs tokens in tests. With the key of the service a test can act as any
 * reader without registering and signing in, which would hash a password twice.
 */
public final class TestSigningKey {

	private static final Duration LIFETIME = Duration.ofMinutes(30);

	private final ECKey key;

	private TestSigningKey(ECKey key) {
		this.key = key;
	}

	/** Read the key of a service from its database. */
	public static TestSigningKey of(DatabaseClient database) {
		String jwk = Objects.requireNonNull(database.sql("select jwk from signing_key")
			.map((row) -> row.get("jwk", String.class))
			.one()
			.block(HANG_LIMIT));
		try {
			return new TestSigningKey(ECKey.parse(jwk));
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Generate a key that no service has. */
	public static TestSigningKey generate(String id) {
		try {
			return new TestSigningKey(new ECKeyGenerator(Curve.P_256).keyID(id).generate());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String id() {
		return this.key.getKeyID();
	}

	/** Sign a valid token of a reader. */
	public String sign(String reader) {
		return sign(reader, "lectern", "lectern", LIFETIME);
	}

	/** Sign a valid token of a reader with roles. */
	public String sign(String reader, List<String> roles) {
		return sign(claims(reader, LIFETIME).claim("roles", roles).build());
	}

	/** Sign a token; a negative lifetime makes it an expired one. */
	public String sign(String reader, String issuer, String audience, Duration lifetime) {
		return sign(claims(reader, lifetime).issuer(issuer).audience(audience).build());
	}

	/** Sign a token of a session; a negative lifetime makes it an expired one. */
	public String signForSession(String reader, String session, Duration lifetime) {
		return sign(claims(reader, lifetime).claim("sid", session)
			.claim("session_exp", Instant.now().plusSeconds(3600).getEpochSecond())
			.build());
	}

	/** Sign a token that never expires. */
	public String signWithoutExpiry(String reader) {
		return sign(claims(reader, LIFETIME).expirationTime(null).build());
	}

	private static JWTClaimsSet.Builder claims(String reader, Duration lifetime) {
		return new JWTClaimsSet.Builder().subject(reader)
			.issuer("lectern")
			.audience("lectern")
			.expirationTime(Date.from(Instant.now().plus(lifetime)));
	}

	private String sign(JWTClaimsSet claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id()).build(), claims);
			token.sign(new ECDSASigner(this.key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
