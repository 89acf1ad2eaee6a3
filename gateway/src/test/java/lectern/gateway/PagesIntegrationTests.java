package lectern.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

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

	@Autowired
	BuiltPages built;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/books", "/problems", "/problems/not-found", "/nowhere", "ICON", "STYLES" })
	void pageHasPolicyWithTrustedTypes(String path) {
		assertThat(headers(path).get("Content-Security-Policy")).containsExactly(this.built.policy())
			.singleElement()
			.asString()
			.startsWith("default-src 'none'; script-src 'self' 'sha256-")
			.contains("; require-trusted-types-for 'script'; trusted-types lit-html")
			.doesNotContain("unsafe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs", "/docs/docs.js" })
	void viewerOfApiHasPolicyOfItsOwn(String path) {
		assertThat(headers(path).get("Content-Security-Policy")).singleElement()
			.asString()
			.startsWith("default-src 'none'; script-src 'self'; ")
			.doesNotContain("unsafe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/docs", "/docs/docs.js", "/problems/not-found", "ICON" })
	void pageHasSecurityHeaders(String path) {
		HttpHeaders headers = headers(path);
		assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(headers.get("Referrer-Policy")).containsExactly("no-referrer");
		assertThat(headers.get("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
	}

	private HttpHeaders headers(String path) {
		return this.client.get().uri(address(path)).exchange().returnResult(String.class).getResponseHeaders();
	}

	/** The names of files have hashes, which the tests do not know. */
	private String address(String name) {
		return switch (name) {
			case "ICON" -> this.built.icon();
			case "STYLES" -> this.built.styles();
			default -> name;
		};
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/books/a-book", "/problems/not-found", "/assets/missing.js", "ICON", "STYLES" })
	void headHasHeadersOfGet(String path) throws IOException {
		for (String coding : List.of("identity", "gzip")) {
			List<String> get = head("GET", address(path), coding);
			List<String> head = head("HEAD", address(path), coding);
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

	@ParameterizedTest
	@ValueSource(strings = { "/", "/books", "/books/a-book", "/paths", "/paths/a-path", "/me", "/me/readings/1",
			"/me/year", "/me/account", "/now", "/operations", "/curate/books/a-book", "/curate/imports", "/sign-in",
			"/books?q=python", "/me/readings/1?at=2026-11-24T21:10:00Z" })
	void everyAddressOfPagesIsTheShell(String address) {
		this.client.get()
			.uri(address)
			.accept(MediaType.IMAGE_PNG)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Content-Type", "text/html;charset=UTF-8")
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache")
			.expectBody()
			.consumeWith((result) -> assertThat(result.getResponseBody()).isEqualTo(this.built.shell()));
		this.client.options().uri(address).exchange().expectStatus().isNoContent().expectHeader().exists("Allow");
		this.client.post()
			.uri(address)
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueMatches("Allow", "GET.*")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/method-not-allowed");
	}

	@Test
	void unchangedShellIsNotSentAgain() {
		String tag = this.client.get().uri("/").exchange().returnResult(Void.class).getResponseHeaders().getETag();
		assertThat(tag).startsWith("\"");
		this.client.get().uri("/me").header("If-None-Match", tag).exchange().expectStatus().isNotModified();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "bytes=999999999-", "bytes=0-1", "lines=1" })
	void fileIsWholeWhateverRangeIsAskedFor(String range) {
		this.client.get()
			.uri(this.built.styles())
			.header("Range", range)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.consumeWith((result) -> assertThat(result.getResponseBody()).hasSizeGreaterThan(1000));
	}

	@Test
	void searchAtFirstPageMovesToLibrary() {
		this.client.get()
			.uri("/?q=caf%C3%A9+au%20lait&topic=food")
			.exchange()
			.expectStatus()
			.isPermanentRedirect()
			.expectHeader()
			.location("/books?q=caf%25C3%25A9+au%2520lait&topic=food");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nowhere", "/books/a/b", "/me/nothing", "/problems/nonsense" })
	void unknownAddressIsPageForBrowsersAndProblemForOthers(String address) {
		this.client.get()
			.uri(address)
			.header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.valueEquals("Content-Type", "text/html;charset=UTF-8")
			.expectBody()
			.consumeWith((result) -> assertThat(result.getResponseBody()).isEqualTo(this.built.shell()));
		this.client.get()
			.uri(address)
			.accept(MediaType.ALL)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/nothing", "/assets/missing.js", "/.well-known/nothing" })
	void unknownAddressForProgramsIsAlwaysProblem(String address) {
		this.client.get()
			.uri(address)
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void filesAreImmutableAndCompressedByTheBuild() throws IOException {
		RawResponse plain = file("identity");
		RawResponse compressed = file("gzip, br");

		for (RawResponse response : List.of(plain, compressed)) {
			assertThat(response.status()).isEqualTo("HTTP/1.1 200 OK");
			assertThat(response.head()).contains("Cache-Control: max-age=31536000, public, immutable",
					"Content-Type: text/css", "Vary: Accept-Encoding", "Content-Length: " + response.body().length());
		}
		assertThat(plain.head()).noneMatch((line) -> line.startsWith("Content-Encoding"));
		assertThat(compressed.head()).contains("Content-Encoding: gzip");
		try (InputStream content = new GZIPInputStream(
				new ByteArrayInputStream(compressed.body().getBytes(StandardCharsets.ISO_8859_1)))) {
			assertThat(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo(plain.body());
		}
	}

	private RawResponse file(String codings) throws IOException {
		return RawResponse.to(this.port, "GET " + this.built.styles() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
				+ "Connection: close\r\nAccept-Encoding: " + codings + "\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "STYLES" })
	void filesCannotBePosted(String path) {
		this.client.post()
			.uri(address(path))
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "GET, HEAD, OPTIONS")
			.expectBody()
			.jsonPath("$.instance")
			.isEqualTo(address(path));
	}

	@Test
	void classesOfTheBuildOfPagesAreNotServed() {
		this.client.get().uri("/assets/../lectern/pages/PagesBuild.class").exchange().expectStatus().is4xxClientError();
		this.client.get().uri("/pages/pages.properties").exchange().expectStatus().isNotFound();
		this.client.get().uri("/index.html").exchange().expectStatus().isNotFound();
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
	void shellHasNoInlineCodeButTheImportMap() {
		assertThat(page("/")).containsOnlyOnce("<script type=\"importmap\">")
			.doesNotContain("style=", "{{")
			.doesNotContainPattern("<script(?! type=\"importmap\")(?![^>]* src=)")
			.doesNotContainPattern("\\son[a-z]+=");
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
