package lectern.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Writes requests directly to the socket, because HTTP clients normalize paths. */
@NullUnmarked
class HiddenActuatorIntegrationTests extends GatewayFixture {

	/** The HTTP server itself rejects a malformed URI, before any code of the gateway. */
	private static final String SERVER_REJECTION = "^HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/prometheus", "//actuator/health",
			"/./actuator/health", "/actuator;x/health", "/;x/actuator/health", "/Actuator/health",
			"/api/v1/books/../../actuator/health", "/api/v1/books/../../../actuator/health",
			"/api/v1/books/..%2f..%2f..%2factuator/health", "/api/v1/books/%2e%2e/%2e%2e/%2e%2e/actuator/health",
			"/api/v1/books/%252e%252e/%252e%252e/%252e%252e/actuator/health",
			"/api/v1/books/..;/..;/..;/actuator/health", "/api/v1/books/..\\..\\..\\actuator/health",
			"/api/v1/books/%5c..%5c..%5cactuator", "/api/v1/books//../../../actuator", "/%61ctuator/health",
			"/api/v1/books/%2e%2e%00/actuator", "http://127.0.0.1:9081/actuator/health",
			"http://127.0.0.1/api/v1/books/../../../actuator/health", "/assets/../actuator/health",
			"/problems/../actuator/health" })
	void actuatorIsNotReachableByAnyPath(String target) throws IOException {
		String response = sendRaw("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
		assertThat(response).startsWith("HTTP/1.1 4");
		assertThat(response).containsPattern("HTTP/1.1 (400|401|404) ")
			.containsPattern("\"type\":\"/problems/|" + SERVER_REJECTION);
		assertThat(response).doesNotContain("UP").doesNotContain("\"_links\"").doesNotContain("# HELP");
	}

	private String sendRaw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write(request.getBytes(ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
		}
	}

}
