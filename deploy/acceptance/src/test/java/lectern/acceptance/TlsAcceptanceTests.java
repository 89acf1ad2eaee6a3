package lectern.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;

import lectern.launcher.FreePorts;
import lectern.launcher.RunningLauncher;
import lectern.web.TestCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./lectern up} with a certificate, which is then renewed. */
@Timeout(600)
class TlsAcceptanceTests {

	@TempDir
	private Path folder;

	@Test
	void upServesHttpsAndRenewedCertificate() throws Exception {
		Path certificate = this.folder.resolve("certificate.pem");
		Path key = this.folder.resolve("key.pem");
		TestCertificate first = TestCertificate.create();
		first.write(certificate, key);
		int port = FreePorts.findGatewayPort();
		Path data = this.folder.toRealPath().resolve("data");
		try (RunningLauncher launcher = RunningLauncher.start(Modules.ROOT, data, port,
				Map.of("LECTERN_TLS_CERT", certificate.toString(), "LECTERN_TLS_KEY", key.toString(),
						"LECTERN_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"))) {
			launcher.awaitReady();
			assertThat(launcher.outputLines()).contains("Lectern is ready: https://localhost:" + port + "/");
			assertServedWith(first, port);
			assertThat(servicesWithKey(data)).containsExactly("gateway");

			TestCertificate second = TestCertificate.create();
			second.write(certificate, key);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.ignoreExceptions()
				.untilAsserted(() -> assertServedWith(second, port));
		}
	}

	private static void assertServedWith(TestCertificate expected, int port) throws Exception {
		try (HttpClient client = HttpClient.newBuilder()
			.sslContext(TestCertificate.trusting(expected))
			.connectTimeout(HANG_LIMIT)
			.build()) {
			HttpResponse<String> response = client
				.send(HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/api/v1/books"))
					.timeout(HANG_LIMIT)
					.build(), BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(serverCertificate(response)).isEqualTo(expected.certificate());
		}
	}

	private static Certificate serverCertificate(HttpResponse<?> response)
			throws IOException, GeneralSecurityException {
		return response.sslSession().orElseThrow().getPeerCertificates()[0];
	}

	/** The services in whose environment the file of the key is. */
	private static List<String> servicesWithKey(Path data) {
		return ProcessHandle.allProcesses()
			.filter((process) -> read(process, "cmdline").contains("-Dlectern.data=" + data + "\0"))
			.filter((process) -> read(process, "environ").contains("LECTERN_TLS_KEY="))
			.map((process) -> read(process, "cmdline").replaceFirst("(?s).*/lib/([a-z]+(-[a-z]+)?)-[0-9].*", "$1"))
			.toList();
	}

	private static String read(ProcessHandle process, String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
		}
		catch (IOException _) {
			// It has ended meanwhile.
			return "";
		}
	}

}
