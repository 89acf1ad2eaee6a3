package lectern.gateway.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import lectern.web.setting.StartRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate, and those of the authorities between it and one that
 * clients know
 */
record TlsCertificate(List<X509Certificate> chain, PrivateKey key) {

	/** The algorithm that signs with a key of an algorithm. */
	private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA",
			"EdDSA", "EdDSA");

	/**
	 * Parse a certificate and its key.
	 * @param files where they come from, for messages
	 * @param now the instant at which the certificate must be valid
	 * @throws StartRefusedException if they cannot be used; the message is one sentence
	 */
	static TlsCertificate parse(String certificatePem, String keyPem, PemFiles files, Instant now) {
		List<X509Certificate> chain = certificates(certificatePem, files);
		PrivateKey key = privateKey(keyPem, files);
		X509Certificate own = chain.getFirst();
		if (!belongTogether(key, own.getPublicKey())) {
			throw new StartRefusedException("The private key in " + files.key()
					+ " does not belong to the certificate in " + files.certificate()
					+ ": write both files anew, the gateway's certificate first in its file.");
		}
		if (now.isAfter(own.getNotAfter().toInstant())) {
			throw new StartRefusedException("The certificate in " + files.certificate() + " expired on "
					+ own.getNotAfter().toInstant() + ": replace it by a renewed one.");
		}
		if (now.isBefore(own.getNotBefore().toInstant())) {
			throw new StartRefusedException("The certificate in " + files.certificate() + " is not valid before "
					+ own.getNotBefore().toInstant() + ": wait, or correct the clock of this machine.");
		}
		return new TlsCertificate(chain, key);
	}

	private static List<X509Certificate> certificates(String pem, PemFiles files) {
		try {
			return PemContent.of(pem).getCertificates();
		}
		catch (RuntimeException _) {
			throw new StartRefusedException(
					"There is no certificate in " + files.certificate() + ": it must be a file in PEM format.");
		}
	}

	private static PrivateKey privateKey(String pem, PemFiles files) {
		@Nullable PrivateKey key = null;
		try {
			key = PemContent.of(pem).getPrivateKey();
		}
		catch (RuntimeException _) {
			// The message would be about formats of keys.
		}
		if (key == null) {
			throw new StartRefusedException("There is no private key in " + files.key()
					+ ": it must be a file in PEM format, and not encrypted.");
		}
		return key;
	}

	/** A key that Java can only sign with in another way is found out by clients. */
	private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
		@Nullable String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
		if (algorithm == null) {
			return true;
		}
		try {
			byte[] data = { 1 };
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(key);
			signature.update(data);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(data);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException _) {
			return false;
		}
	}

	String serialNumber() {
		return this.chain.getFirst().getSerialNumber().toString(16);
	}

	Instant end() {
		return this.chain.getFirst().getNotAfter().toInstant();
	}

	/**
	 * The files of a certificate.
	 *
	 * @param certificate the file with the chain
	 * @param key the file with the private key
	 */
	record PemFiles(Path certificate, Path key) {
	}

}
