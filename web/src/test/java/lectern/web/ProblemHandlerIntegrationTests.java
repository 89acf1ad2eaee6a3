package lectern.web;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The responses to failures of every kind, over real HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.import=classpath:lectern-service.yml", "management.server.port=-1" })
class ProblemHandlerIntegrationTests {

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(HANG_LIMIT)
			.build();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			{"title":           , 400, malformed, ''
			''                  , 400, malformed, ''
			{"title":NaN}       , 400, malformed, ''
			{"titel":"x"}       , 422, invalid  , /titel
			{}                  , 422, invalid  , /title
			{"title":7}         , 422, invalid  , /title
			{"title":true}      , 422, invalid  , /title
			'{"title":"x","title":"y"}', 400, malformed, ''
			{"title":null}      , 422, invalid  , /title
			{"title":"too long"}, 422, invalid  , /title
			'{"title":"x","parts":[{"name":"y"},{"nome":"z"}]}', 422, invalid, /parts/1/nome
			'{"title":"x","parts":[{}]}', 422, invalid, /parts/0/name
			'{"title":"x","shapes":[{"type":"dot"},{}]}', 422, invalid, /shapes/1/type
			'{"title":"x","shapes":[{"type":"blot"}]}', 422, invalid, /shapes/0/type
			'{"title":"x","shapes":["dot"]}', 422, invalid, /shapes/0
			'{"title":"x","shapes":[{"type":"dot","size":1}]}', 422, invalid, /shapes/0/size
			'{"title":"x","at":1700000000}', 422, invalid, /at
			'{"title":"x","at":"yesterday"}', 422, invalid, /at
			'{"title":"x","stars":99999999999}', 422, invalid, /stars
			'{"title":"x","stars":999999999999999999999}', 422, invalid, /stars
			'{"title":"x","stars":1.5}', 422, invalid, /stars
			'{"title":"x","parts":[{"name":"x","stars":1e999}]}', 422, invalid, /parts/0/stars
			'{"title":"x","note":" "}', 422, invalid, /note
			'{"title":"x","note":"a\\u0000b"}', 422, invalid, /note
			'{"title":"x","note":"a\\nb"}', 422, invalid, /note
			'{"title":"x","note":"much too long"}', 422, invalid, /note
			'{"title":"x","note":"\\ud83d"}', 422, invalid, /note
			""")
	void invalidContentIsRejectedWithPointer(String content, int status, String name, String pointer) {
		WebTestClient.BodyContentSpec body = this.client.post()
			.uri("/notes")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + name)
			.jsonPath("$.instance")
			.isEqualTo("/notes");
		if (!pointer.isEmpty()) {
			body.jsonPath("$.errors[?(@.pointer == '%s')]".formatted(pointer)).isNotEmpty();
		}
	}

	@Test
	void validationMessageContainsConstraintAttributes() {
		this.client.post()
			.uri("/notes")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"title\":\"x\",\"note\":\"much too long\"}")
			.exchange()
			.expectBody()
			.jsonPath("$.errors[0].detail")
			.isEqualTo("must be text of 1 to 9 characters without control characters");
	}

	@Test
	void instantHasMicroseconds() {
		send("/notes", "application/json", "{\"title\":\"x\",\"at\":\"2026-01-31T12:00:00.123456789Z\"}").expectBody()
			.jsonPath("$.at")
			.isEqualTo("2026-01-31T12:00:00.123456Z");
	}

	@Test
	void contentOverOneMebibyteIsTooLarge() {
		this.client.post()
			.uri("/notes")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"title\":\"" + "x".repeat(1_100_000) + "\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/too-large");
	}

	@ParameterizedTest
	@CsvSource({ "/nowhere, 404, not-found", "/fails, 500, internal", "/unreachable, 503, unavailable",
			"/slow, 504, upstream-timeout", "/private, 401, unauthenticated", "/private/unknown, 404, not-found" })
	void failureIsProblemWithoutInternalDetail(String path, int status, String name) {
		this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("\"/problems/" + name + "\"")
				.contains("\"requestId\":")
				.doesNotContain("secret", "Exception", "lectern.web"));
	}

	@Test
	void wrongMethodIsRejectedWithAllow() {
		this.client.delete()
			.uri("/notes")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "OPTIONS, POST");
	}

	@Test
	void unsupportedAndUnacceptableMediaTypesAreRejected() {
		this.client.post()
			.uri("/notes")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("x")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
		this.client.get().uri("/stream").accept(MediaType.APPLICATION_PDF).exchange().expectStatus().isEqualTo(406);
	}

	/** For example {@code curl -d ''}, which sends the type of a form. */
	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "multipart/form-data", "text/plain;charset=UTF-8",
			"application/octet-stream", "*/*", "nonsense", "application/json" })
	void mediaTypeOfNoContentIsIgnored(String type) {
		send("/commands", type, "").expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "multipart/form-data",
			"multipart/form-data;boundary=a", "text/plain", "text/plain;charset=nonsense", "application/octet-stream",
			"*/*", "nonsense", "application/json;charset=nonsense", "application/xml" })
	void contentOfUnsupportedMediaTypeIsRejected(String type) {
		for (String path : List.of("/commands", "/notes")) {
			send(path, type, "a=b").expectStatus()
				.isEqualTo(415)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/unsupported-media-type");
		}
	}

	private WebTestClient.ResponseSpec send(String path, String type, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		return this.client.post()
			.uri(path)
			.header("Content-Type", type)
			.contentLength(bytes.length)
			.body((request, _) -> request.writeWith(Mono.just(request.bufferFactory().wrap(bytes))))
			.exchange();
	}

	/** A fault of the client must never become a fault of the server. */
	@ParameterizedTest
	@CsvSource({ "400, malformed", "401, unauthenticated", "402, malformed", "403, forbidden", "404, not-found",
			"405, method-not-allowed", "406, not-acceptable", "409, malformed", "412, precondition-failed",
			"413, too-large", "414, uri-too-long", "415, unsupported-media-type", "422, invalid",
			"428, precondition-required", "429, malformed", "431, headers-too-large" })
	void clientErrorOfFrameworkKeepsItsStatus(int status, String name) {
		this.client.get()
			.uri("/statuses/" + status)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + name);
	}

	@ParameterizedTest
	@CsvSource({ "/api/notes?asOff=x, asOff", "/api/notes?filter=a&limit=1, limit" })
	void unknownParameterIsRejected(String uri, String parameter) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(400)
			.expectBody()
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
		this.client.get().uri("/api/notes?filter=a").exchange().expectStatus().isOk();
		this.client.get().uri("/api/notes").exchange().expectStatus().isOk();
	}

	@Test
	void validRequestIdIsKeptAndInvalidOneReplaced() {
		this.client.get()
			.uri("/nowhere")
			.header(RequestIdFilter.HEADER, "sent-by-the-client")
			.exchange()
			.expectHeader()
			.valueEquals(RequestIdFilter.HEADER, "sent-by-the-client");
		this.client.get()
			.uri("/nowhere")
			.header(RequestIdFilter.HEADER, "not valid {}")
			.exchange()
			.expectHeader()
			.valueMatches(RequestIdFilter.HEADER, "[0-9a-f]{16}");
	}

	@SpringBootApplication
	static class TestApplication {

		@Bean
		NoteController notes() {
			return new NoteController();
		}

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
				VerifiedTokenCache verifiedTokens) {
			return TokenSecurity.chain(http, decoder, verifiedTokens,
					(rules) -> rules.pathMatchers("/private/**").authenticated().anyExchange().permitAll());
		}

	}

	record Note(@NotNull(message = "is missing") @Size(max = 5, message = "is too long") String title,
			@Valid List<NotePart> parts, Instant at, @PlainText(max = 9) String note, Integer stars,
			@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type") @JsonSubTypes(@JsonSubTypes.Type(name = "dot",
					value = Dot.class)) List<Shape> shapes) {
	}

	sealed interface Shape {

	}

	record Dot() implements Shape {
	}

	record NotePart(@NotNull(message = "is missing") String name, Integer stars) {
	}

	@RestController
	static class NoteController {

		@PostMapping(path = "/notes", consumes = MediaType.APPLICATION_JSON_VALUE)
		Note post(@Valid @RequestBody Note note) {
			return note;
		}

		@PostMapping("/commands")
		Mono<String> command(@RequestBody(required = false) Mono<Dot> body) {
			return body.thenReturn("{}");
		}

		@GetMapping("/statuses/{status}")
		Mono<Note> status(@PathVariable int status) {
			return Mono.error(new ResponseStatusException(HttpStatus.valueOf(status)));
		}

		@GetMapping("/api/notes")
		Mono<String> list(@RequestParam(name = "filter", required = false) String filter) {
			return Mono.just("[]");
		}

		@GetMapping("/fails")
		Mono<Note> fails() {
			return Mono.error(new IllegalStateException("secret"));
		}

		@GetMapping("/private")
		Mono<Note> requiresToken() {
			return Mono.empty();
		}

		@GetMapping("/unreachable")
		Mono<Note> connectionFails() {
			return Mono.error(new ConnectException("secret"));
		}

		@GetMapping("/slow")
		Mono<Note> timesOut() {
			return Mono.<Note>never().timeout(Duration.ofMillis(10));
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Mono<Note> stream() {
			return Mono.empty();
		}

	}

}
