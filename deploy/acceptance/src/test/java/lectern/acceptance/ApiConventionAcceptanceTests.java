package lectern.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for all operations, through the gateway. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ApiConventionAcceptanceTests {

	/**
	 * Makes a request take the ordinary way of the gateway, past which regular ones go.
	 */
	private static final String ORDINARY_WAY = "TE";

	private static final String BOOK = "{\"title\":\"Not written\",\"authors\":[\"Nobody\"]}";

	private static final int MANY = 10_000;

	@Test
	void headersAreSameForHeadAndOnBothWays(LecternInstance lectern) {
		String handle = "headers-" + UUID.randomUUID().toString().substring(0, 8);
		TestApiClient client = TestApiClient.of(lectern.url())
			.withToken(lectern.registerReader(handle).token())
			.with("X-Request-Id", "same-for-all");
		String own = "/api/v1/readers/" + handle;
		List<String> paths = List.of("/api/v1/books?limit=1", "/api/v1/books/fluent-python", "/api/v1/books/nothing",
				"/api/v1/bookz", "/api/v1/topics?limit=1", "/api/v1/topics?asOff=", "/api/v1/paths", "/api/v1/activity",
				"/api/v1/activity?asOff=", own, own + "/readings", own + "/sessions", own + "/paths?asOff=",
				own + "/statistics", "/api/v1/imports");
		// A token counts for its reader once the gateway itself has verified it.
		client.get("/api/v1/bookz");
		for (String path : paths) {
			for (String coding : List.of("identity", "gzip")) {
				TestApiClient coded = client.with("Accept-Encoding", coding);
				Map<String, List<String>> expected = headers(coded.get(path));
				assertThat(headers(coded.head(path))).as("HEAD %s", path).isEqualTo(expected);
				assertThat(headers(coded.with(ORDINARY_WAY, "trailers").get(path))).as("the ordinary way of %s", path)
					.isEqualTo(expected);
			}
		}
		assertThat(client.get(own + "/readings").headers().getVary()).contains("Origin");
		assertThat(client.get("/api/v1/books").headers().getVary()).doesNotContain("Origin");
	}

	private static Map<String, List<String>> headers(TestApiResponse response) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		response.headers().forEach(headers::put);
		headers.remove(HttpHeaders.TRANSFER_ENCODING);
		// What is left depends on the requests before.
		headers.computeIfPresent("RateLimit",
				(_, values) -> values.stream().map((value) -> value.split(";")[0]).toList());
		return headers;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books?limit=2", "/api/v1/books?limit=1&q=python", "/api/v1/topics?limit=5",
			"/api/v1/authors?limit=3" })
	void linksLeadThroughPublicList(String path, LecternInstance lectern) {
		assertThat(itemsByLinks(lectern.anonymousClient(), lectern, path)).hasSizeGreaterThan(1)
			.doesNotHaveDuplicates();
	}

	@Test
	void linksKeepOtherParameters(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		List<String> started = List.of(reader.startReading("fluent-python"),
				reader.startReading("architecture-patterns-with-python"));
		WebTestClient client = lectern.anonymousClient()
			.mutate()
			.defaultHeaders((headers) -> reader.authorizationHeader().forEach(headers::set))
			.build();
		String path = "/api/v1/readers/" + reader.handle() + "/readings?limit=1&status=reading&seen="
				+ reader.reportPosition(started.getLast(), 0.5);
		assertThat(itemsByLinks(client, lectern, path)).extracting((item) -> item.path("id").asString())
			.containsExactlyInAnyOrderElementsOf(started);
	}

	private static List<JsonNode> itemsByLinks(WebTestClient client, LecternInstance lectern, String path) {
		List<JsonNode> all = new ArrayList<>();
		String page = path;
		while (page != null) {
			EntityExchangeResult<String> result = client.get()
				.uri(URI.create(lectern.url() + page))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult();
			JsonNode content = JsonTrees.parse(result.getResponseBody());
			content.path("items").forEach(all::add);
			String link = result.getResponseHeaders().getFirst(HttpHeaders.LINK);
			assertThat(link != null).as("link of %s", page).isEqualTo(content.has("next"));
			page = (link != null) ? link.substring(1, link.indexOf('>')) : null;
		}
		return all;
	}

	@ParameterizedTest
	@CsvSource({ "If-Match, 'W/\"1\"', 412", "Content-Encoding, gzip, 415", "Accept, '*/*;q=0', 406",
			"Accept, image/png, 406", "Content-Type, text/plain, 415" })
	void headerThatCannotBeMetIsRejected(String name, String value, int status, LecternInstance lectern) {
		HttpHeaders headers = lectern.adminClient().put().uri("/api/v1/books/fluent-python").headers((request) -> {
			request.setIfMatch("*");
			request.setContentType(MediaType.APPLICATION_JSON);
			request.set(name, value);
		})
			.bodyValue(name.equals("Content-Encoding") ? compressed(BOOK) : BOOK.getBytes())
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		assertThat(headers.getFirst(HttpHeaders.ACCEPT_ENCODING))
			.isEqualTo(name.equals("Content-Encoding") ? "identity" : null);
	}

	private static byte[] compressed(String content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(content.getBytes());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	/** Neither the time nor the response grows with the number of faults. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name":"not a text but an object, padded to a hundred bytes for a document of almost one MiB"} | At least
			" " | 10
			""")
	void documentOfManyFaultsGetsBoundedAnswer(String author, String detail, LecternInstance lectern) {
		String authors = IntStream.range(0, MANY).mapToObj((_) -> author).collect(Collectors.joining(","));
		String text = lectern.adminClient()
			.put()
			.uri("/api/v1/books/many-faults")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"title\":\"x\",\"authors\":[" + authors + "]}")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		JsonNode problem = JsonTrees.parse(text);
		assertThat(problem.path("errors")).hasSizeBetween(1, 100);
		assertThat(problem.path("detail").asString()).startsWith(detail);
		assertThat(text).hasSizeLessThan(50_000);
	}

}
