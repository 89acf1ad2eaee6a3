package lectern.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * Creates tokens that are signed like those of progress-service, and publishes the key
 * that verifies them. Some tokens are invalid on purpose.
 */
public final class TestTokens {

	private static final ECKey KEY = generateKey("published");

	private static final ECKey SAME_ID_OTHER_KEY = generateKey("published");

	private static final ECKey UNKNOWN_KEY = generateKey("unknown");

	private static final Sinks.Many<String> REVOCATIONS = Sinks.many().replay().all();

	private static final DisposableServer KEY_SERVER = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route(TestTokens::routes)
		.bindNow(HANG_LIMIT);

	private TestTokens() {
	}

	/** Return the {@code lectern.progress.url} under which services find the key. */
	public static String url() {
		return "http://127.0.0.1:" + KEY_SERVER.port();
	}

	/** Add what progress-service tells other services: its keys, and ended sessions. */
	public static void routes(HttpServerRoutes routes) {
		routes
			.get("/.well-known/jwks.json",
					(_, response) -> response.header("Content-Type", "application/json").sendString(Mono.just(jwks())))
			.get("/internal/session-revocations",
					(_, response) -> response.sse()
						.sendString(REVOCATIONS.asFlux()
							.startWith("{}")
							.map((sessions) -> "data:{\"sessions\":" + sessions + ",\"complete\":true}\n\n")
							.mergeWith(Flux.interval(Duration.ofSeconds(2)).map((_) -> ":\n\n"))));
	}

	/** Revoke a session, a key or former roles, as all services learn within a moment. */
	public static void endSession(String id) {
		REVOCATIONS.tryEmitNext("{\"%s\":\"%s\"}".formatted(id, Instant.now().plusSeconds(3600))).orThrow();
	}

	/** A reader's token that belongs to a session of 30 days. */
	public static String ofSession(String id, List<String> roles, Duration life) {
		return sign(KEY, "lectern", roles, life.toSeconds(), (claims) -> claims.claim(TokenSession.ID_CLAIM, id)
			.claim(TokenSession.END_CLAIM, Instant.now().plus(Duration.ofDays(30)).getEpochSecond()));
	}

	/** A reader's token of a session that names the roles of the account. */
	public static String withRoles(String rolesId, Duration life) {
		return sign(KEY, "lectern", List.of(), life.toSeconds(),
				(claims) -> claims.claim(TokenSession.ID_CLAIM, "session of " + rolesId)
					.claim(TokenSession.ROLES_ID_CLAIM, rolesId));
	}

	/** A token for which a key was exchanged. */
	public static String ofKey(String id, String rolesId, Duration life) {
		return sign(KEY, "lectern", List.of(), life.toSeconds(),
				(claims) -> claims.claim(TokenSession.ID_CLAIM, id)
					.claim(TokenSession.KEY_CLAIM, true)
					.claim(TokenSession.ROLES_ID_CLAIM, rolesId));
	}

	public static String jwks() {
		return new JWKSet(KEY.toPublicJWK()).toString();
	}

	public static String curator() {
		return sign(KEY, "lectern", List.of("curator"), 1800);
	}

	public static String reader() {
		return sign(KEY, "lectern", List.of(), 1800);
	}

	public static String operator() {
		return operatorFor(Duration.ofMinutes(30));
	}

	public static String operatorFor(Duration life) {
		return sign(KEY, "lectern", List.of("operator"), life.toSeconds());
	}

	/** A reader's token; its end is rounded down to a second. */
	public static String expiringIn(Duration life) {
		return sign(KEY, "lectern", List.of(), life.toSeconds());
	}

	public static String expired() {
		return sign(KEY, "lectern", List.of("curator"), -600);
	}

	public static String forAnotherAudience() {
		return sign(KEY, "elsewhere", List.of("curator"), 1800);
	}

	public static String forged() {
		return sign(SAME_ID_OTHER_KEY, "lectern", List.of("curator"), 1800);
	}

	public static String signedByUnknownKey() {
		return sign(UNKNOWN_KEY, "lectern", List.of("curator"), 1800);
	}

	/** A valid token whose claims were changed after it was signed. */
	public static String tampered() {
		String[] parts = curator().split("\\.");
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("ada", "eve");
		return parts[0] + "." + encode(claims) + "." + parts[2];
	}

	public static String unsigned() {
		return encode("{\"alg\":\"none\"}") + "." + curator().split("\\.")[1] + ".";
	}

	private static String sign(ECKey key, String audience, List<String> roles, long seconds) {
		return sign(key, audience, roles, seconds, (_) -> {
		});
	}

	private static String sign(ECKey key, String audience, List<String> roles, long seconds,
			Consumer<JWTClaimsSet.Builder> furtherClaims) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject("ada")
			.issuer("lectern")
			.audience(audience)
			.claim("roles", roles)
			.expirationTime(Date.from(Instant.now().plusSeconds(seconds)));
		furtherClaims.accept(claims);
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					claims.build());
			token.sign(new ECDSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey generateKey(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
	}

}
