package lectern.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** One catalog between real clients and a real PostgreSQL, shared by all these tests. */
@NullUnmarked
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "management.server.port=0",
		"management.prometheus.metrics.export.enabled=true", "lectern.database.user=postgres" })
public abstract class CatalogFixture {

	private static final String DATABASE = TestPostgres.database();

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final Disposable.Composite streams = Disposables.composite();

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	protected DatabaseClient database;

	@Autowired
	protected JsonMapper mapper;

	/** Nobody in particular. */
	protected WebTestClient anonymous;

	protected WebTestClient curator;

	protected WebTestClient operator;

	@DynamicPropertySource
	static void configureProperties(DynamicPropertyRegistry properties) {
		properties.add("lectern.database.url", () -> DATABASE);
		properties.add("lectern.progress.url", TestTokens::url);
	}

	@BeforeEach
	void connect() {
		this.anonymous = client(this.port, (_) -> {
		});
		this.curator = client(this.port, (headers) -> headers.setBearerAuth(TestTokens.curator()));
		this.operator = client(this.managementPort, (_) -> {
		});
		awaitSeeding();
	}

	private static WebTestClient client(int port, Consumer<HttpHeaders> headers) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultHeaders(headers)
			.responseTimeout(HANG_LIMIT)
			.filter((request, next) -> next.exchange(request).flatMap(CatalogFixture::buffered))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.build();
	}

	/**
	 * Whether a test looks at the content or not, nothing of it stays behind in Netty.
	 */
	private static Mono<ClientResponse> buffered(ClientResponse answer) {
		return answer.bodyToMono(byte[].class)
			.defaultIfEmpty(new byte[0])
			.map((content) -> answer.mutate()
				.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(content)))
				.build());
	}

	/** The first books are written in the background; the tests count on them. */
	private void awaitSeeding() {
		Mono.fromCallable(this::readiness)
			.subscribeOn(Schedulers.boundedElastic())
			.filter(HttpStatusCode::is2xxSuccessful)
			.repeatWhenEmpty(100, (again) -> again.delayElements(Duration.ofMillis(100)))
			.block(HANG_LIMIT);
	}

	private HttpStatusCode readiness() {
		return this.operator.get().uri("/actuator/health/readiness").exchange().returnResult(String.class).getStatus();
	}

	protected WebTestClient.ResponseSpec put(String path, String content) {
		return put(path, content, (_) -> {
		});
	}

	protected WebTestClient.ResponseSpec put(String path, String content, Consumer<HttpHeaders> headers) {
		return this.curator.put()
			.uri(path)
			.headers(headers)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange();
	}

	protected static String databaseUrl() {
		return DATABASE;
	}

	/** The address of a path that is sent as it is written here. */
	protected URI address(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	protected JsonNode get(String path, Object... variables) {
		return this.anonymous.get()
			.uri(path, variables)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
	}

	/** How many changes the log holds. */
	protected long changeCount() {
		return this.database.sql("select count(*) as n from change")
			.map((row) -> row.get("n", Long.class))
			.one()
			.block(HANG_LIMIT);
	}

	protected static void expectProblem(WebTestClient.ResponseSpec answer, HttpStatus status, String name) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + name)
			.jsonPath("$.requestId")
			.exists();
	}

	protected static void expectInvalidMember(WebTestClient.ResponseSpec answer, String pointer) {
		answer.expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid")
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
	}

	protected static void expectInvalidParameter(WebTestClient.ResponseSpec answer, String parameter) {
		answer.expectStatus()
			.isEqualTo(HttpStatus.BAD_REQUEST)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid-parameter")
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	/** An event stream, opened: what it sent is kept for whoever looks later. */
	protected Flux<ServerSentEvent<String>> stream(String uri, @Nullable String lastEventId) {
		ConnectableFlux<ServerSentEvent<String>> stream = WebClient.create()
			.get()
			.uri(address(uri))
			.headers((headers) -> headers.set("Last-Event-ID", lastEventId))
			.retrieve()
			.bodyToFlux(EVENT)
			.replay();
		this.streams.add(stream.connect());
		stream.next().block(HANG_LIMIT);
		return stream;
	}

	@AfterEach
	void closeStreams() {
		this.streams.dispose();
	}

	protected static String cursor(WebTestClient.ResponseSpec answer) {
		return answer.expectHeader()
			.exists(Cursor.HEADER)
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst(Cursor.HEADER);
	}

}
