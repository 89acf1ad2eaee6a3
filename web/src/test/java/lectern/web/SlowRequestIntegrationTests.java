package lectern.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Connections of clients that send byte by byte. */
@Timeout(120)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.import=classpath:lectern-service.yml", "management.server.port=-1",
				"lectern.http.head-timeout=500ms" })
class SlowRequestIntegrationTests {

	private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n";

	@LocalServerPort
	private int port;

	@Test
	void slowHeadIsAnswered408AndClosed() throws IOException {
		try (Socket socket = connect()) {
			assertThat(sendSlowly(socket, GET + "X-Slow: " + "x".repeat(10_000))).startsWith("HTTP/1.1 408 ")
				.contains("\"type\":\"/problems/stalled\"");
		}
	}

	@Test
	void slowHeadOfASecondRequestIsAnswered408AndClosed() throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
			assertThat(readUntil(socket, "got")).startsWith("HTTP/1.1 200 ");
			assertThat(sendSlowly(socket, "\r\n\r\n" + GET + "X-Slow: " + "x".repeat(10_000)))
				.startsWith("HTTP/1.1 408 ");
		}
	}

	/** It has no byte of a request, and the idle timeout is for it. */
	@Test
	void idleConnectionIsKept() throws IOException {
		try (Socket socket = connect()) {
			for (int request = 0; request < 2; request++) {
				pass(Duration.ofMillis(1_200));
				socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
				assertThat(readUntil(socket, "got")).startsWith("HTTP/1.1 200 ");
			}
		}
	}

	@Test
	void slowContentAfterTheResponseIsCutOff() throws IOException {
		try (Socket socket = connect()) {
			assertThat(sendSlowly(socket, "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n"))
				.startsWith("HTTP/1.1 40");
			assertThat(sendSlowly(socket, "x".repeat(20_000))).isEmpty();
		}
	}

	/** Whoever reads it has a timeout. */
	@ParameterizedTest
	@ValueSource(strings = { "", "Expect: 100-continue\r\n" })
	void contentThatIsReadMayTakeLonger(String header) throws IOException {
		try (Socket socket = connect()) {
			OutputStream output = socket.getOutputStream();
			output.write(("POST / HTTP/1.1\r\nHost: localhost\r\n" + header
					+ "Content-Type: text/plain\r\nContent-Length: 6\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			for (int part = 0; part < 3; part++) {
				output.write("ab".getBytes(StandardCharsets.US_ASCII));
				pass(Duration.ofMillis(400));
			}
			assertThat(readUntil(socket, "ababab")).contains("HTTP/1.1 200 ");
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setTcpNoDelay(true);
		socket.setSoTimeout((int) HANG_LIMIT.toMillis());
		return socket;
	}

	/** Send a byte every few milliseconds, until there is an answer or an end. */
	private static String sendSlowly(Socket socket, String text) throws IOException {
		try {
			for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
				if (socket.getInputStream().available() > 0) {
					break;
				}
				socket.getOutputStream().write(each);
				pass(Duration.ofMillis(10));
			}
			return readUntil(socket, "}");
		}
		catch (SocketException _) {
			return "";
		}
	}

	/** Let time pass, which is what the client does. */
	private static void pass(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(HANG_LIMIT)
			.until(() -> System.nanoTime() >= until);
	}

	private static String readUntil(Socket socket, String ending) throws IOException {
		StringBuilder received = new StringBuilder();
		int next = socket.getInputStream().read();
		while (next >= 0 && !received.append((char) next).toString().endsWith(ending)) {
			next = socket.getInputStream().read();
		}
		return received.toString();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class EchoApplication {

		@Bean
		SecurityWebFilterChain everybody(ServerHttpSecurity http) {
			return TokenSecurity.chainWithoutTokenCheck(http, "/**");
		}

		@RestController
		static class EchoController {

			@GetMapping("/")
			String get() {
				return "got";
			}

			@PostMapping("/")
			Mono<String> post(@RequestBody Mono<String> content) {
				return content;
			}

		}

	}

}
