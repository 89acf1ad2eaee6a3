package lectern.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
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

/** The responses to requests that are not correct HTTP. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.import=classpath:lectern-service.yml", "management.server.port=-1" })
class HttpServerProblemIntegrationTests {

	private static final String HOST = "Host: localhost\r\n";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "", "Host: a\r\nHost: a\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: user@a\r\n",
			"Host: \r\n", "Host: a:x\r\n", "Host: [::1\r\n", HOST + "X-Folded: a\r\n b\r\n",
			HOST + "X-Folded: a\r\n\tb\r\n", HOST + "no header\r\n", HOST + "Content-Length: x\r\n",
			HOST + "Transfer-Encoding: gzip, chunked\r\n", HOST + "Transfer-Encoding: identity, chunked\r\n",
			HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" })
	void malformedHeadIsBadRequest(String headers) throws IOException {
		assertProblem(exchange("GET / HTTP/1.1\r\n" + headers + "\r\n"), 400, "malformed");
	}

	@Test
	void malformedRequestIsNotLogged(CapturedOutput output) throws IOException {
		assertProblem(exchange("GET /readers/logged-handle HTTP/1.1\r\n" + HOST + "X-Control: \u0001\r\n\r\n"), 400,
				"malformed");
		assertThat(output).doesNotContain("logged-handle");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/3.7", "HTTP/1.2", "HTTP/0.9" })
	void unknownVersionIsNotSupported(String version) throws IOException {
		assertProblem(exchange("GET / " + version + "\r\n" + HOST + "\r\n"), 505, "http-version-not-supported");
	}

	@ParameterizedTest
	@ValueSource(strings = { HOST, "Host: 127.0.0.1:8080\r\n", "Host: [::1]:8080\r\n", "Host: a.example.org.\r\n",
			HOST + "X-Plain: a\r\n" })
	void wellFormedHeadIsServed(String headers) throws IOException {
		assertThat(exchange("GET / HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n"))
			.startsWith("HTTP/1.1 200 OK");
	}

	@Test
	void hostIsOptionalInOldVersion() throws IOException {
		assertThat(exchange("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200 OK");
	}

	@Test
	void contentMayLookLikeFoldedHeader() throws IOException {
		String post = "POST / HTTP/1.1\r\n" + HOST + "Content-Type: text/plain\r\nContent-Length: 9\r\n";
		String content = "\r\na\r\n b\r\n";
		assertThat(exchange(post + "\r\n" + content + post + "Connection: close\r\n\r\n" + content))
			.containsSubsequence("HTTP/1.1 200 OK", "HTTP/1.1 200 OK")
			.doesNotContain("HTTP/1.1 400");
	}

	@Test
	void tooLongLineIsUriTooLong() throws IOException {
		assertProblem(exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 414, "uri-too-long");
	}

	@Test
	void tooLargeHeadersAreRejected() throws IOException {
		assertProblem(exchange("GET / HTTP/1.1\r\n" + HOST + "X-Large: " + "x".repeat(20_000) + "\r\n\r\n"), 431,
				"headers-too-large");
	}

	/** A hundred such requests once wrote 390 KB of stack traces. */
	@Test
	void faultOfClientIsOneLineOfLog(CapturedOutput output) throws IOException {
		String request = "POST / HTTP/1.1\r\n" + HOST
				+ "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n";
		int before = output.getAll().length();
		for (int index = 0; index < 5; index++) {
			assertProblem(exchange(request), 400, "malformed");
		}
		// There is no service in this test from which the keys of tokens could be loaded.
		List<String> log = output.getAll()
			.substring(before)
			.lines()
			.filter((line) -> !line.contains("TokenKeyRefresher"))
			.toList();
		assertThat(log).hasSizeLessThanOrEqualTo(5).noneMatch((line) -> line.contains("\tat "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/\0", "/a\u007f", "/\u0001b", "/?a=\u001b" })
	void controlCharacterInUriIsBadRequestAndClosesTheConnection(String uri) throws IOException {
		String response = exchange("GET " + uri + " HTTP/1.1\r\n" + HOST + "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n");
		assertProblem(response, 400, "malformed");
		assertThat(response).doesNotContain("HTTP/1.1 200");
	}

	/** Each of them was a stack trace, as if the service had failed. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientThatLeavesWithinItsContentIsNotLogged(boolean reset, CapturedOutput output) throws IOException {
		EchoApplication.EchoController.READING.drainPermits();
		EchoApplication.EchoController.ENDED.drainPermits();
		int before = output.getAll().length();
		for (int index = 0; index < 5; index++) {
			try (Socket socket = new Socket("127.0.0.1", this.port)) {
				socket.setSoLinger(reset, 0);
				socket.getOutputStream()
					.write(("POST / HTTP/1.1\r\n" + HOST + "Content-Type: text/plain\r\nContent-Length: 100\r\n\r\nabc")
						.getBytes(StandardCharsets.ISO_8859_1));
				Awaitility.await().atMost(HANG_LIMIT).until(EchoApplication.EchoController.READING::tryAcquire);
			}
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> EchoApplication.EchoController.ENDED.tryAcquire(5));
		assertThat(output.getAll().substring(before).lines().filter((line) -> !line.contains("TokenKeyRefresher")))
			.isEmpty();
	}

	private static void assertProblem(String response, int status, String type) {
		assertThat(response).startsWith("HTTP/1.1 " + status + " ")
			.containsIgnoringCase("content-type: application/problem+json")
			.containsIgnoringCase("x-request-id: ")
			.contains("\"type\":\"/problems/" + type + "\"", "\"requestId\":\"");
	}

	/** Send bytes and return everything until the server closes the connection. */
	private String exchange(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
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

			/** One for each request whose content is read, and one for its end. */
			static final Semaphore READING = new Semaphore(0);

			static final Semaphore ENDED = new Semaphore(0);

			@GetMapping("/")
			String get() {
				return "got";
			}

			@PostMapping("/")
			Mono<String> post(@RequestBody Mono<String> content) {
				READING.release();
				return content.doFinally((_) -> ENDED.release());
			}

		}

	}

}
