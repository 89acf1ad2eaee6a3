package lectern.bench.systems;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs access tokens with the key of progress-service. Signing in 10,000 readers instead
 * would take half an hour of password hashing, which is not to be measured.
 */
public final class TokenSigner {

	private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);

	private final PrivateKey key;

	private final String keyId;

	private TokenSigner(PrivateKey key, String keyId) {
		this.key = key;
		this.keyId = keyId;
	}

	static TokenSigner of(String jwk) {
		BigInteger secret = new BigInteger(1, Base64.getUrlDecoder().decode(member(jwk, "d")));
		try {
			AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
			curve.init(new ECGenParameterSpec("secp256r1"));
			ECPrivateKeySpec spec = new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class));
			return new TokenSigner(KeyFactory.getInstance("EC").generatePrivate(spec), member(jwk, "kid"));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String member(String json, String name) {
		Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
		if (!matcher.find()) {
			throw new IllegalStateException("The JWK has no member " + name);
		}
		return matcher.group(1);
	}

	/** Return a token of a reader that is valid for two hours. */
	public String signToken(String reader) {
		long now = Instant.now().getEpochSecond();
		String content = encode("{\"kid\":\"" + this.keyId + "\",\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "." + encode("""
				{"iss":"lectern","sub":"%s","aud":"lectern","iat":%d,"exp":%d,"jti":"%s","roles":[]}"""
			.formatted(reader, now, now + TOKEN_LIFETIME.toSeconds(), UUID.randomUUID()));
		try {
			Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
			signature.initSign(this.key);
			signature.update(content.getBytes(StandardCharsets.US_ASCII));
			return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
