package lectern.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Tokens as an attacker would make them from a good one. */
final class Tokens {

	private Tokens() {
	}

	/** With a role more, under the old signature. */
	static String changed(String token) {
		String[] parts = token.split("\\.");
		return parts[0] + "." + encoded(decoded(parts[1]).replaceFirst("\\{", "{\"scope\":\"all\",")) + "." + parts[2];
	}

	/** Unsigned, and saying so. */
	static String ofNoAlgorithm(String token) {
		return encoded("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".";
	}

	/** Signed well, under the same key id, by a key that is not ours. */
	static String byAnotherKey(String token) {
		String content = token.substring(0, token.lastIndexOf('.'));
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return content + "." + signature(generator.generateKeyPair().getPrivate(), content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String signature(PrivateKey key, String content) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
		signature.initSign(key);
		signature.update(content.getBytes(StandardCharsets.US_ASCII));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
	}

	private static String decoded(String part) {
		return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
	}

	private static String encoded(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
