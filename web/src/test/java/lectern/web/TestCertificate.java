package lectern.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that signs itself, made by the {@code keytool} of the JDK.
 *
 * @param keys what {@code keytool} has made
 */
public record TestCertificate(KeyStore keys) {

	private static final String PASSWORD = "test password";

	private static final String ALIAS = "mykey";

	/** Make a certificate of 127.0.0.1 with a new key. */
	public static TestCertificate create() throws Exception {
		return create("EC", "-validity", "10");
	}

	/**
	 * Make a certificate with a new key.
	 * @param options further options of {@code keytool}
	 */
	public static TestCertificate create(String algorithm, String... options) throws Exception {
		Path file = Files.createTempDirectory("lectern-keys").resolve("keys.p12");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg",
						algorithm, "-dname", "CN=lectern", "-ext", "SAN=ip:127.0.0.1,dns:localhost", "-storetype",
						"PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
		command.addAll(List.of(options));
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(file)) {
			keys.load(content, PASSWORD.toCharArray());
		}
		Files.delete(file);
		Files.delete(file.getParent());
		return new TestCertificate(keys);
	}

	public X509Certificate certificate() throws GeneralSecurityException {
		return (X509Certificate) this.keys.getCertificate(ALIAS);
	}

	public String certificatePem() throws GeneralSecurityException {
		return pem("CERTIFICATE", certificate().getEncoded());
	}

	public String keyPem() throws GeneralSecurityException {
		return pem("PRIVATE KEY", this.keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
	}

	private static String pem(String label, byte[] content) {
		return "-----BEGIN " + label + "-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content) + "\n-----END " + label
				+ "-----\n";
	}

	/** Write both files of the settings. */
	public void write(Path certificate, Path key) throws IOException, GeneralSecurityException {
		Files.writeString(certificate, certificatePem());
		Files.writeString(key, keyPem());
	}

	/** A client's context that trusts these certificates alone. */
	public static SSLContext trusting(TestCertificate... trusted) throws IOException, GeneralSecurityException {
		KeyStore authorities = KeyStore.getInstance("PKCS12");
		authorities.load(null, null);
		for (int index = 0; index < trusted.length; index++) {
			authorities.setCertificateEntry("authority-" + index, trusted[index].certificate());
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(authorities);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

}
