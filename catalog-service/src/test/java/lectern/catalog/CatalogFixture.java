package lectern.catalog;

import java.net.URI;
import java.util.function.Consumer;

import lectern.streaming.log.Cursor;
import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Tests with one shared catalog, through Spring's client. */
@NullUnmarked
public abstract class CatalogFixture {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final Disposable.Composite streams = Disposables.composite();

	private final RunningCatalog catalog = RunningCatalog.seeded();

	protected final DatabaseClient database = this.catalog.database();

	protected final JsonMapper mapper = this.catalog.bean(JsonMapper.class);

	/** A client without a token. */
	protected WebTestClient anonymous = client(this.catalog.url(), (_) -> {
	});

	protected WebTestClient curator = client(this.catalog.url(),
			(headers) -> headers.setBearerAuth(TestTokens.curator()));

	/** A client of the management port. */
	protected WebTestClient operator = client(this.catalog.managementUrl(), (_) -> {
	});

	private static WebTestClient client(String url, Consumer<HttpHeaders> headers) {
		return WebTestClient.bindToServer()
			.baseUrl(url)
			.defaultHeaders(headers)
			.responseTimeout(HANG_LIMIT)
			.filter((request, next) -> next.exchange(request).flatMap(CatalogFixture::buffered))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.build();
	}

	/** Read all content, wanted or not, so that no buffer of it is left behind. */
	private static Mono<ClientResponse> buffered(ClientResponse response) {
		return response.bodyToMono(byte[].class)
			.defaultIfEmpty(new byte[0])
			.map((content) -> response.mutate()
				.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(content)))
				.build());
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
		return RunningCatalog.seeded().databaseUrl();
	}

	/** The URL of a path that is sent unchanged, without encoding. */
	protected URI address(String path) {
		return URI.create(this.catalog.url() + path);
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

	/** The number of changes in the log. */
	protected long changeCount() {
		return this.catalog.changeCount();
	}

	protected static void expectProblem(WebTestClient.ResponseSpec response, HttpStatus status, String name) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + name)
			.jsonPath("$.requestId")
			.exists();
	}

	protected static void expectInvalidMember(WebTestClient.ResponseSpec response, String pointer) {
		response.expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid")
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
	}

	protected static void expectInvalidParameter(WebTestClient.ResponseSpec response, String parameter) {
		response.expectStatus()
			.isEqualTo(HttpStatus.BAD_REQUEST)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid-parameter")
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	/**
	 * Open an event stream and wait for its first frame. All frames are replayed to each
	 * subscriber.
	 */
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

	protected static String cursor(WebTestClient.ResponseSpec response) {
		return response.expectHeader()
			.exists(Cursor.HEADER)
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst(Cursor.HEADER);
	}

}
