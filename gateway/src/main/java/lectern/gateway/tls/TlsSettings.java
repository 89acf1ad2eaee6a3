package lectern.gateway.tls;

import java.nio.file.Files;
import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for TLS. Without them the gateway speaks plain HTTP/1.1.
 *
 * @param cert the file (PEM) with the certificate of the gateway, followed by those of
 * the authorities between; with it, clients use HTTPS, with HTTP/2 if they can. A renewed
 * certificate is used within 15 s
 * @param key the file (PEM) with the private key of the certificate, which is not
 * encrypted
 */
@ConfigurationProperties("lectern.tls")
record TlsSettings(@Nullable Path cert, @Nullable Path key) {

	TlsSettings {
		requireFile("cert", cert);
		requireFile("key", key);
		SettingConstraints.require(cert == null || key != null, "key", key,
				"the file with the private key, because lectern.tls.cert is set");
		SettingConstraints.require(key == null || cert != null, "cert", cert,
				"the file with the certificate, because lectern.tls.key is set");
	}

	private static void requireFile(String member, @Nullable Path file) {
		SettingConstraints.require(file == null || (Files.isRegularFile(file) && Files.isReadable(file)), member, file,
				"a file that the gateway can read");
	}

}
