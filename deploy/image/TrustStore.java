import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the authorities that Java trusts, from a folder of certificates. The file has no
 * password and so no random salt: the same certificates give the same bytes.
 */
class TrustStore {

	/**
	 * @param arguments the folder, whose files end in {@code .crt}, and the file to write
	 */
	static void main(String[] arguments) throws Exception {
		CertificateFactory certificates = CertificateFactory.getInstance("X.509");
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		for (Path file : certificateFiles(Path.of(arguments[0]))) {
			try (InputStream content = Files.newInputStream(file)) {
				store.setCertificateEntry(file.getFileName().toString(), certificates.generateCertificate(content));
			}
		}
		if (store.size() == 0) {
			throw new IllegalArgumentException("No certificates are in " + arguments[0]);
		}
		try (OutputStream output = Files.newOutputStream(Path.of(arguments[1]))) {
			store.store(output, null);
		}
	}

	private static List<Path> certificateFiles(Path folder) throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".crt")).sorted().toList();
		}
	}

}
