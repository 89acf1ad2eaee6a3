package lectern.gateway;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
	@ValueSource(strings = { "/", "/problems", "/problems/not-found", "/assets/lectern.js", "/assets/reading.js",
			"/assets/page.js", "/assets/lectern.css", "/assets/lectern.svg" })
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
