package lectern.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Tokens that an attacker could make from a valid one. */
final class ForgedTokens {

	private ForgedTokens() {
	}

	/** With an additional role, and the old signature. */
	static String withModifiedClaims(String token) {
		String[] parts = token.split("\\.");
		return parts[0] + "." + encode(decode(parts[1]).replaceFirst("\\{", "{\"scope\":\"all\",")) + "." + parts[2];
	}

	/** Unsigned, with the algorithm {@code none}. */
	static String withAlgorithmNone(String token) {
		return encode("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".";
	}

	/** With the same key id, signed by a foreign key. */
	static String signedByUnknownKey(String token) {
		String content = token.substring(0, token.lastIndexOf('.'));
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return content + "." + sign(generator.generateKeyPair().getPrivate(), content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sign(PrivateKey key, String content) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
		signature.initSign(key);
		signature.update(content.getBytes(StandardCharsets.US_ASCII));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
	}

	private static String decode(String part) {
		return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
