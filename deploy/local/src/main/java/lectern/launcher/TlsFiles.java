package lectern.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The files of the gateway's certificate, which no other service gets to know.
 *
 * @param certificate the file (PEM) with the certificate, absolute
 * @param key the file (PEM) with its private key, absolute
 */
record TlsFiles(Path certificate, Path key) {

	static final String CERTIFICATE = "LECTERN_TLS_CERT";

	static final String KEY = "LECTERN_TLS_KEY";

	/**
	 * @throws StartupException if a file cannot be read
	 */
	static TlsFiles of(String certificate, String key) {
		return new TlsFiles(file(CERTIFICATE, certificate), file(KEY, key));
	}

	private static Path file(String variable, String text) {
		Path file = Path.of(text).toAbsolutePath().normalize();
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new StartupException(variable + " is \"" + text
					+ "\", which is no file that can be read: correct the path or its rights.");
		}
		return file;
	}

	/** The variables of the gateway. */
	Map<String, String> environment() {
		return Map.of(CERTIFICATE, this.certificate.toString(), KEY, this.key.toString());
	}

}
