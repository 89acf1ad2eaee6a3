package lectern.web;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * An OpenID Connect issuer outside of Lectern: it publishes a discovery document and its
 * keys, and signs tokens.
 */
public final class TestIssuer implements AutoCloseable {

	private final RSAKey rsa;

	private final ECKey elliptic;

	private final DisposableServer server;

	private TestIssuer() throws JOSEException {
		this.rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
		this.elliptic = new ECKeyGenerator(Curve.P_256).keyID("elliptic").generate();
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes
				.get("/realm/.well-known/openid-configuration",
						(_, response) -> json(response,
								"{\"issuer\":\"%s\",\"jwks_uri\":\"%s/certs\"}".formatted(url(), url())))
				.get("/realm/certs",
						(_, response) -> json(response,
								new JWKSet(List.of(this.rsa.toPublicJWK(), this.elliptic.toPublicJWK())).toString())))
			.bindNow(HANG_LIMIT);
	}

	/** Start an issuer; the test closes it. */
	public static TestIssuer start() {
		try {
			return new TestIssuer();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Mono<Void> json(HttpServerResponse response, String content) {
		return response.header("Content-Type", "application/json").sendString(Mono.just(content)).then();
	}

	/** Return the issuer, as it names itself. */
	public String url() {
		return "http://127.0.0.1:" + this.server.port() + "/realm";
	}

	/** Sign the usual token of a reader. */
	public String token(String reader, String... roles) {
		return token(JWSAlgorithm.RS256,
				(claims) -> claims.subject(reader).claim("realm_access", Map.of("roles", List.of(roles))));
	}

	/** Sign a token of the reader {@code grace} with other claims. */
	public String token(JWSAlgorithm algorithm, Consumer<JWTClaimsSet.Builder> changes) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(url())
			.audience(List.of("account", "lectern"))
			.subject("grace")
			.claim("name", "Grace H.")
			.claim("sid", "4b8f5a4e-67a5-4d7e-9f3e-0c7f6c1d0c11")
			.expirationTime(Date.from(Instant.now().plusSeconds(300)));
		changes.accept(claims);
		boolean usesRsa = JWSAlgorithm.Family.RSA.contains(algorithm);
		JWSHeader header = new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt"))
			.keyID(usesRsa ? this.rsa.getKeyID() : this.elliptic.getKeyID())
			.build();
		try {
			SignedJWT token = new SignedJWT(header, claims.build());
			token.sign(signer(algorithm));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The public key serves as the secret of an algorithm that needs one. */
	private JWSSigner signer(JWSAlgorithm algorithm) throws JOSEException {
		if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
			return new MACSigner(this.elliptic.toECPublicKey().getEncoded());
		}
		return JWSAlgorithm.Family.RSA.contains(algorithm) ? new RSASSASigner(this.rsa)
				: new ECDSASigner(this.elliptic);
	}

	@Override
	public void close() {
		this.server.disposeNow(HANG_LIMIT);
	}

}
