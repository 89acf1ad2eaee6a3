package lectern.gateway;

import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

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

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tokens really signed, by the key that the peer publishes or by another. */
final class TestTokens {

	static final ECKey KEY = key("published");

	private static final ECKey SAME_ID_OTHER_KEY = key("published");

	private static final ECKey OTHER_ID = key("unheard-of");

	private TestTokens() {
	}

	static String jwks() {
		return new JWKSet(KEY.toPublicJWK()).toString();
	}

	static String valid() {
		return signed(KEY, "lectern", 1800);
	}

	static String expired() {
		return signed(KEY, "lectern", -600);
	}

	static String forAnotherAudience() {
		return signed(KEY, "elsewhere", 1800);
	}

	static String forged() {
		return signed(SAME_ID_OTHER_KEY, "lectern", 1800);
	}

	static String byAnotherKey() {
		return signed(OTHER_ID, "lectern", 1800);
	}

	/** A valid token whose claims were changed after it was signed. */
	static String tampered() {
		String[] parts = valid().split("\\.");
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("ada", "eve");
		return parts[0] + "." + encoded(claims) + "." + parts[2];
	}

	static String ofNoAlgorithm() {
		return encoded("{\"alg\":\"none\"}") + "." + valid().split("\\.")[1] + ".";
	}

	private static String signed(ECKey key, String audience, long seconds) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					new JWTClaimsSet.Builder().subject("ada")
						.audience(audience)
						.claim("roles", List.of("curator"))
						.expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
						.build());
			token.sign(new ECDSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey key(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encoded(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
	}

}
