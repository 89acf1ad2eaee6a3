package lectern.web;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every operation, whichever controller has it. */
@SpringBootTest(classes = ProblemHandlerIntegrationTests.TestApplication.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.import=classpath:lectern-service.yml", "management.server.port=-1" })
class ApiConventionIntegrationTests {

	@LocalServerPort
	private int port;

	private TestApiClient client;

	@BeforeEach
	void connect() {
		this.client = TestApiClient.of("http://127.0.0.1:" + this.port + "/api/conventions");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/list", "/entity" })
	void linkLeadsThroughAllPages(String list) {
		TestApiResponse first = this.client.get(list + "?limit=1&filter=x%20y");
		assertThat(first.header("Link")).isEqualTo("</api/conventions" + list + "?limit=1&filter=x%20y&page="
				+ first.at("/next").asString() + ">; rel=\"next\"");
		TestApiResponse second = follow(first).assertMember("/items/0", "b");
		TestApiResponse third = follow(second).assertMember("/items/0", "c");
		third.assertNoHeader("Link").assertMember("/next", null);
	}

	private TestApiResponse follow(TestApiResponse page) {
		String link = page.header("Link");
		String target = link.substring(1, link.indexOf('>'));
		return TestApiClient.of("http://127.0.0.1:" + this.port).get(target).assertStatus(200);
	}

	@Test
	void linkOfListWithoutQueryHasOnlyPage() {
		TestApiResponse page = this.client.get("/list?limit=2");
		assertThat(follow(page).text()).isEqualTo("{\"items\":[\"c\"]}");
		this.client.get("/list").assertStatus(200).assertNoHeader("Link");
	}

	@ParameterizedTest
	@CsvSource({ "/old, 200", "/old?asOff=, 400" })
	void everyResponseOfDeprecatedOperationSaysSo(String path, int status) {
		this.client.get(path)
			.assertStatus(status)
			.assertHeader("Deprecation", "@1769817600")
			.assertHeader("Sunset", "Thu, 31 Dec 2026 00:00:00 GMT")
			.assertHeader("Link", "</docs/deprecations#old>; rel=\"deprecation\"; type=\"text/html\"");
		this.client.get("/list").assertNoHeader("Deprecation").assertNoHeader("Sunset");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "br", "identity, gzip", "nonsense" })
	void compressedContentIsRejected(String coding) {
		this.client.with("Content-Encoding", coding)
			.put("/document", "[1]")
			.assertProblem(415, "unsupported-media-type")
			.assertHeader("Accept-Encoding", "identity");
	}

	@Test
	void identityIsNoCompression() {
		this.client.with("Content-Encoding", "identity").put("/document", "[1]").assertStatus(200);
		this.client.with("Content-Encoding", "").put("/document", "[1]").assertStatus(200);
		this.client.with("Content-Encoding", "gzip").get("/list").assertStatus(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE", "TRACE", "FOO", "get" })
	void unknownMethodIsNotAllowed(String name) {
		HttpMethod method = HttpMethod.valueOf(name);
		this.client.send(method, "/list")
			.block(TestTimeouts.HANG_LIMIT)
			.assertProblem(405, "method-not-allowed")
			.assertHeader("Allow", "GET, HEAD, OPTIONS");
		this.client.send(method, "/nothing").block(TestTimeouts.HANG_LIMIT).assertProblem(404, "not-found");
	}

	@ParameterizedTest
	@CsvSource({ "/list, 'GET,HEAD,OPTIONS'", "/document, 'OPTIONS,PUT'", "/list?filter=x, 'GET,HEAD,OPTIONS'" })
	void optionsNamesMethodsAndNothingThatIsEmpty(String path, String methods) {
		TestApiResponse options = this.client.send(HttpMethod.OPTIONS, path).block(TestTimeouts.HANG_LIMIT);
		options.assertStatus(204).assertNoHeader("Accept-Patch");
		assertThat(options.headers().getAllow()).extracting(HttpMethod::name)
			.containsExactlyInAnyOrder(methods.split(","));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/list?limit=1", "/old", "/old?asOff=", "/nothing" })
	void headHasHeadersOfGet(String path) {
		TestApiClient traced = this.client.with("X-Request-Id", "same-for-both");
		TestApiResponse get = traced.get(path);
		TestApiResponse head = traced.head(path).assertStatus(get.status());
		assertThat(head.headers().headerSet()).isEqualTo(get.headers().headerSet());
		assertThat(head.text()).isEmpty();
	}

	@Test
	void twentyFaultsAreTwentyEntries() {
		TestApiResponse refused = this.client.put("/document", listOf("\"x\"", 20)).assertProblem(422, "invalid");
		assertThat(refused.at("/errors")).hasSize(20);
		assertThat(refused.at("/detail").asString()).isEqualTo("20 members of the content are not valid.");
	}

	@Test
	void searchForFaultsIsBoundedAndSaysSo() {
		String content = listOf("\"" + "x".repeat(95) + "\"", 10_000);
		TestApiResponse refused = this.client.put("/document", content).assertProblem(422, "invalid");
		assertThat(refused.at("/errors")).hasSizeBetween(2, 100);
		assertThat(refused.at("/detail").asString()).startsWith("At least ").endsWith("which the next request shows.");
		assertThat(refused.text()).hasSizeLessThan(20_000);
	}

	private static String listOf(String entry, int count) {
		return IntStream.range(0, count).mapToObj((_) -> entry).collect(Collectors.joining(",", "[", "]"));
	}

	@Test
	void onlyFirstUnknownParametersAreListed() {
		String query = IntStream.range(0, 300)
			.mapToObj((number) -> "p" + number + "=")
			.collect(Collectors.joining("&"));
		TestApiResponse refused = this.client.get("/list?" + query).assertProblem(400, "invalid-parameter");
		assertThat(refused.at("/errors")).hasSize(100);
		assertThat(refused.at("/detail").asString())
			.isEqualTo("300 query parameters are not valid; the first 100 are listed.");
	}

}
