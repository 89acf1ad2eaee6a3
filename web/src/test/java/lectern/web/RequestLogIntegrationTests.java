package lectern.web;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The lines of the log that requests leave, over real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.import=classpath:lectern-service.yml", "management.server.port=-1" })
class RequestLogIntegrationTests {

	private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource(textBlock = """
			database, 503, WARN , The connection is lost
			slow    , 504, WARN , TimeoutException
			busy    , 503, WARN , Too many commands
			bug     , 500, ERROR, IllegalStateException: forged line
			""")
	void failureIsOneLine(String reading, int status, String level, String cause, CapturedOutput output)
			throws IOException {
		String id = "failure-of-" + reading;
		String response = exchange("GET /readers/ada-lovelace/readings/" + reading + "?q=what-was-typed", id,
				"traceparent: 00-" + TRACE_ID + "-00f067aa0ba902b7-01\r\n");

		assertThat(response).startsWith("HTTP/1.1 " + status).contains("\"requestId\":\"" + id + "\"");
		assertThat(lines(output, id)).singleElement()
			.asString()
			.matches("\\S+Z " + level + " .*")
			.contains(cause)
			.endsWith("status=" + status + " method=GET path=/readers/{reader}/readings/{reading} requestId=" + id
					+ " traceId=" + TRACE_ID);
		assertThat(output).doesNotContain("ada-lovelace", "what-was-typed");
	}

	@Test
	void stackTraceIsThatOfFaultAlone(CapturedOutput output) throws IOException {
		exchange("GET /readers/ada/readings/slow", "without-trace", "");
		assertThat(output).doesNotContain("\tat ");

		exchange("GET /readers/ada/readings/bug", "with-a-trace", "");
		assertThat(output.getAll().lines().filter((line) -> line.startsWith("java.lang.IllegalStateException")))
			.hasSize(1);
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("1999"));
	}

	@Test
	void pathWithoutRouteHasNoHandle(CapturedOutput output) throws IOException {
		exchange("GET /%72eaders/ada-lovelace/unrouted/x?y", "path-without-route", "");
		assertThat(lines(output, "path-without-route")).singleElement()
			.asString()
			.contains("path=/%72eaders/{reader}/unrouted/x ");
		assertThat(output).doesNotContain("ada-lovelace");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "nonsense",
			"00-" + TRACE_ID + "-00f067aa0ba902b7-01-more", "00-" + TRACE_ID + "-0000000000000000-01",
			"ff-" + TRACE_ID + "-00f067aa0ba902b7-01" })
	void invalidTraceIsNotWritten(String header, CapturedOutput output) throws IOException {
		exchange("GET /readers/ada/readings/slow", "invalid-trace", "traceparent: " + header + "\r\n");
		assertThat(lines(output, "invalid-trace")).singleElement().asString().endsWith("requestId=invalid-trace");
	}

	@Test
	void longIdOfClientIsReplaced(CapturedOutput output) throws IOException {
		String longId = "x".repeat(7_000);
		assertThat(exchange("GET /readers/ada/readings/slow", longId, "")).startsWith("HTTP/1.1 504")
			.doesNotContain(longId);
		assertThat(exchange("GET /readers/ada/readings/slow", "x".repeat(10_000), "")).startsWith("HTTP/1.1 431");
		assertThat(output).doesNotContain("x".repeat(65));
	}

	@Test
	void idWithLineBreakIsRejected(CapturedOutput output) throws IOException {
		assertThat(exchange("GET /readers/ada/readings/slow", "a-good-begin\r\n 1999-11-29 forged-by-id", ""))
			.startsWith("HTTP/1.1 400");
		assertThat(output).doesNotContain("forged-by-id");
	}

	@Test
	void versionThatIsNotSupportedIsOneLine(CapturedOutput output) throws IOException {
		String response = send("GET /readers/ada-lovelace/x?y HTTP/3.7\r\nHost: localhost\r\n\r\n");
		String id = response.replaceAll("(?s).*\"requestId\":\"([^\"]+)\".*", "$1");
		assertThat(lines(output, id)).singleElement()
			.asString()
			.contains("status=505 method=GET path=/readers/{reader}/x ");
	}

	@Test
	void responseThatIsCutOffIsOneLine(CapturedOutput output) throws IOException {
		try {
			assertThat(exchange("GET /readers/ada/readings/broken", "response-cut-off", "")).contains("200 OK", "begun")
				.doesNotContain("\r\n0\r\n");
		}
		catch (SocketException _) {
			// The connection was reset before the beginning was read.
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lines(output, "response-cut-off")).singleElement()
				.asString()
				.contains("The response is cut off: java.lang.IllegalStateException: broken",
						"path=/readers/{reader}/readings/{reading}"));
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void clientThatLeavesIsOneLine(CapturedOutput output) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write(request("GET /readers/ada/readings/silent", "client-that-leaves", "")
					.getBytes(StandardCharsets.ISO_8859_1));
			Awaitility.await().atMost(HANG_LIMIT).until(() -> output.getAll().contains("silence begins"));
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lines(output, "client-that-leaves")).singleElement()
				.asString()
				.contains("INFO ", "The client has left before the response",
						"path=/readers/{reader}/readings/{reading}", "durationMs="));
	}

	private static List<String> lines(CapturedOutput output, String id) {
		return output.getAll().lines().filter((line) -> line.contains("requestId=" + id)).toList();
	}

	private String exchange(String line, String requestId, String headers) throws IOException {
		return send(request(line, requestId, headers));
	}

	private static String request(String line, String requestId, String headers) {
		return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: " + requestId + "\r\n"
				+ headers + "\r\n";
	}

	/** Send bytes and return everything until the server closes the connection. */
	private String send(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class FailingApplication {

		@Bean
		SecurityWebFilterChain everybody(ServerHttpSecurity http) {
			return TokenSecurity.chainWithoutTokenCheck(http, "/**");
		}

		@RestController
		static class ReadingController {

			@GetMapping("/readers/{reader}/readings/{reading}")
			Flux<String> get(@PathVariable String reading) {
				return switch (reading) {
					case "database" -> Flux.error(new DataAccessResourceFailureException("The connection is lost"));
					case "slow" -> Flux.error(new TimeoutException("no\r\n1999-11-29T10:00:00.412Z forged"));
					case "busy" -> Flux.error(Problem.of(ProblemType.UNAVAILABLE, "Too many commands are waiting."));
					case "broken" -> Flux.just("begun").concatWith(Flux.error(new IllegalStateException("broken")));
					case "silent" -> Flux.<String>never().doOnSubscribe((_) -> System.out.println("silence begins"));
					default ->
						Flux.error(new IllegalStateException("forged line\n1999-11-29T10:00:00.412Z INFO forged"));
				};
			}

			@GetMapping(path = "/*/{reader}/unrouted/*", produces = MediaType.TEXT_PLAIN_VALUE)
			Mono<String> anyPath() {
				return Mono.error(new TimeoutException());
			}

		}

	}

}
