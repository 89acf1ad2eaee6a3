package lectern.gateway;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lectern.gateway.ProblemPages.ProblemPage;
import lectern.web.ProblemType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class PagesIntegrationTests extends GatewayFixture {

	@Autowired
	ProblemPages pages;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/docs", "/problems", "/problems/not-found", "/assets/lectern.js",
			"/assets/reading.js", "/assets/page.js", "/assets/docs.js", "/assets/lectern.css", "/assets/lectern.svg" })
	void pageHasContentSecurityPolicy(String path) {
		HttpHeaders headers = this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders();
		assertThat(headers.get("Content-Security-Policy")).singleElement()
			.asString()
			.startsWith("default-src 'none'; script-src 'self'; ")
			.doesNotContain("unsafe");
		assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(headers.get("Referrer-Policy")).containsExactly("no-referrer");
		assertThat(headers.getFirst("Cache-Control")).contains("no-");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/problems/not-found", "/assets/lectern.js", "/assets/missing.js" })
	void headHasHeadersOfGet(String path) throws IOException {
		for (String coding : List.of("identity", "gzip")) {
			List<String> get = head("GET", path, coding);
			List<String> head = head("HEAD", path, coding);
			assertThat(get).containsAll(head);
			// The length of a compressed file is known only when it has been compressed.
			get.removeAll(head);
			assertThat(get).allMatch((line) -> coding.equals("gzip") && line.startsWith("Content-Length: "));
		}
	}

	private List<String> head(String method, String path, String coding) throws IOException {
		String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
				+ "X-Request-Id: same-for-both\r\nAccept-Encoding: " + coding + "\r\n\r\n";
		return new ArrayList<>(RawResponse.to(this.port, request)
			.head()
			.stream()
			.filter((line) -> !line.equals("transfer-encoding: chunked"))
			.toList());
	}

	@Test
	void firstPageHasOptionsAndTakesEveryAccept() {
		this.client.options().uri("/").exchange().expectStatus().isNoContent().expectHeader().exists("Allow");
		this.client.get()
			.uri("/")
			.header("Accept", "image/png")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/assets/lectern.js" })
	void filesCannotBePosted(String path) {
		this.client.post()
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "GET, HEAD, OPTIONS")
			.expectBody()
			.jsonPath("$.instance")
			.isEqualTo(path);
	}

	@Test
	void keysHaveNoHeadersOfPages() {
		this.client.get()
			.uri("/.well-known/jwks.json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Content-Security-Policy");
	}

	@Test
	void firstPageHasNoInlineCode() {
		String page = page("/");
		assertThat(page).contains("<script type=\"module\" src=\"/assets/lectern.js\"></script>")
			.doesNotContain("style=")
			.doesNotContainPattern("\\son[a-z]+=");
		for (String script : List.of("lectern", "reading", "page")) {
			assertThat(page("/assets/" + script + ".js")).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(");
		}
	}

	@Test
	void everyProblemTypeHasPage() {
		List<ProblemType> types = Arrays.stream(ProblemType.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()))
			.map(PagesIntegrationTests::typeIn)
			.toList();
		assertThat(types).hasSizeGreaterThan(10).allSatisfy((type) -> {
			assertThat(this.pages.problems()).containsKey(type.name());
			ProblemPage page = this.pages.problems().get(type.name());
			assertThat(page.title()).isEqualTo(type.title());
			assertThat(page.status()).isEqualTo(type.status().value());
		});
		assertThat(this.pages.problems()).containsKeys("unknown-book", "handle-taken", "registration-closed",
				"path-cycle", "unknown-gate", "unknown-path", "unpassable-gate");
	}

	@Test
	void problemPageShowsCauseAndRemedy() {
		assertThat(page("/problems/handle-taken")).contains("<h1>The handle is taken</h1>", "HTTP 409",
				"<h2>What to do</h2>", "Choose another handle.");
		this.pages.problems().keySet().forEach((name) -> {
			assertThat(page("/problems/" + name)).contains("What happened");
			assertThat(page("/problems")).contains("\"/problems/" + name + "\"");
		});
	}

	@Test
	void unknownProblemIsNotFoundAndNotEchoedAsMarkup() {
		this.client.get()
			.uri("/problems/{name}", "<script>alert(1)<")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.value((body) -> assertThat(body).doesNotContain("<script>"));
	}

	@Test
	void rejectsUnsupportedMethodAndMediaType() {
		this.client.post()
			.uri("/problems")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
			.expectHeader()
			.valueMatches("Allow", ".*GET.*")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/method-not-allowed");
		this.client.get()
			.uri("/problems")
			.accept(MediaType.IMAGE_PNG)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/not-acceptable");
	}

	private String page(String path) {
		return this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static ProblemType typeIn(Field field) {
		try {
			return (ProblemType) field.get(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
