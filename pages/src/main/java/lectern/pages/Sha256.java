package lectern.pages;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that names files, and that allows the import map. */
final class Sha256 {

	private Sha256() {
	}

	static byte[] digest(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
