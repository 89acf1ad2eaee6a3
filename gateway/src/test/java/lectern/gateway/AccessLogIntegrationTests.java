package lectern.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What the access log has of requests on the short way and on the ordinary one. */
@NullUnmarked
class AccessLogIntegrationTests extends GatewayFixture {

	private static final String SHORT_WAY = "";

	private static final String ORDINARY_WAY = "TE: trailers\r\n";

	private static final String TIME = "durationMs=\\d+\\.\\d+ ";

	@TempDir
	private static Path folder;

	private final String id = "line-" + UUID.randomUUID();

	private final AccessLines lines = new AccessLines(folder.resolve("access.log"));

	@DynamicPropertySource
	static void accessLog(DynamicPropertyRegistry properties) {
		properties.add("lectern.access-log.output", () -> "file");
		properties.add("lectern.access-log.file", () -> folder.resolve("access.log").toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void relayedRequestHasPatternStatusTimeAndBytes(String way) throws IOException {
		get(StubResponses.ROOT + "cached?token=secret", way);
		this.lines.assertOne(this.id)
			.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z method=GET route=/api/v1/paths/\\*\\* "
					+ "status=200 " + TIME + "bytes=2 requestId=" + this.id);
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void largeContentIsCounted(String way) throws IOException {
		get(StubResponses.ROOT + "large", way);
		this.lines.assertOne(this.id).contains(" status=200 ", " bytes=1048576 ");
	}

	@ParameterizedTest
	@CsvSource({ "/,/,200", "/docs,/docs,200", "/api/v1,/api/v1,200", "/problems/not-found,/problems/{name},200",
			"/nowhere/ada,/**,404", "/api/v1/nothing/ada,/**,404" })
	void pageHasItsPattern(String path, String pattern, int status) throws IOException {
		get(path, "");
		this.lines.assertOne(this.id)
			.contains(" route=" + pattern + " status=" + status + " ")
			.containsPattern(TIME + "bytes=[1-9]\\d* ");
	}

	/** The server closes the connection then, so the client has to send them again. */
	@Test
	void requestsBehindOneThatIsAnsweredAreCutOff() throws IOException {
		String cutOff = " route=- status=0 ";
		int before = this.lines.containing(cutOff).size();
		String first = "GET " + StubResponses.ROOT + "cached HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + this.id
				+ "\r\n\r\n";
		String second = "HEAD /api/v1 HTTP/1.1\r\nHost: a\r\n\r\n";
		String third = "BREW /api/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
		RawResponse.to(this.port, first + second + third);
		this.lines.assertOne(this.id).contains("method=GET route=/api/v1/paths/** status=200 ", " bytes=2 ");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.lines.containing(cutOff).size() == before + 2);
	}

	@Test
	void headHasItsMethodAndNoContent() throws IOException {
		RawResponse.to(this.port,
				"HEAD /api/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: " + this.id + "\r\n\r\n");
		this.lines.assertOne(this.id).contains("method=HEAD route=/api/v1 status=200 ", " bytes=0 ");
	}

	@Test
	void unknownMethodIsNotNamed() throws IOException {
		RawResponse.to(this.port,
				"BREW /api/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: " + this.id + "\r\n\r\n");
		this.lines.assertOne(this.id).contains("method=UNKNOWN route=- status=405 ");
	}

	@ParameterizedTest
	@CsvSource({ "no request,400,-", "GET / HTTP/1.1,400,GET", "GET / HTTP/7.0,505,GET" })
	void refusalOfTheServerHasALine(String line, int status, String method) throws IOException {
		RawResponse response = RawResponse.to(this.port, line + "\r\n\r\n");
		String header = response.head()
			.stream()
			.filter((each) -> each.toLowerCase(Locale.ROOT).startsWith("x-request-id: "))
			.findFirst()
			.orElseThrow();
		this.lines.assertOne(header.substring(14).strip())
			.contains("method=" + method + " route=- status=" + status + " ");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void responseThatIsCutOffSaysSo(String way) throws IOException {
		RawResponse response = RawResponse.until("beginning", this.port, request(StubResponses.ROOT + "stalled", way),
				() -> StubResponses.breakOff("stalled"));
		assertThat(response.body()).isEqualTo("beginning");
		this.lines.assertOne(this.id).contains(" status=200 ", " bytes=9 end=cut-off ");
	}

	@Test
	void requestOfClientThatLeavesHasNoStatus() throws IOException {
		int before = this.lines.containing("route=- status=0 ").size();
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write(request(StubResponses.ROOT + "silent", "").getBytes(StandardCharsets.ISO_8859_1));
			Awaitility.await().atMost(HANG_LIMIT).until(() -> StubResponses.REQUEST_IDS.containsValue(this.id));
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(this.lines.containing("route=- status=0 ")).hasSize(before + 1));
	}

	@Test
	void streamHasOneLineAtItsEnd() throws IOException {
		String stream = "/api/v1/catalog/events";
		RawResponse opened = RawResponse.until("\nid:", this.port, request(stream, "Accept: text/event-stream\r\n"));
		assertThat(opened.status()).isEqualTo("HTTP/1.1 200 OK");
		this.lines.assertOne(this.id)
			.matches(".* method=GET route=" + stream + " status=200 " + TIME + "bytes=[1-9]\\d* end=gone requestId="
					+ this.id);
	}

	@Test
	void privateStreamHasThePatternOfItsRoute() throws IOException {
		ADA_EVENTS.commit("position-reported", "some-book");
		RawResponse.until("\nid:", this.port, request("/api/v1/readers/ada/events?after=start",
				"Accept: text/event-stream\r\nAuthorization: Bearer " + TestTokens.reader() + "\r\n"));
		this.lines.assertOne(this.id).contains(" route=/api/v1/readers/{reader}/events status=200 ", " end=gone ");
	}

	@Test
	void linesHaveNothingOfTheClient() throws IOException {
		get("/api/v1/readers/ada/readings?token=secret",
				"Authorization: Bearer secret\r\nUser-Agent: secret\r\nCookie: lectern-token=secret\r\n");
		this.lines.assertOne(this.id).contains(" route=/api/v1/readers/** status=");
		assertThat(Files.readString(this.lines.file())).doesNotContain("secret", "ada");
	}

	private void get(String path, String headers) throws IOException {
		RawResponse.to(this.port, request(path, "Connection: close\r\n" + headers));
	}

	private String request(String path, String headers) {
		return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\nX-Request-Id: " + this.id + "\r\n"
				+ headers + "\r\n";
	}

}
