package lectern.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * An HTTP client for tests. Each call sends one request, waits at most
 * {@link TestTimeouts#HANG_LIMIT} for the whole response and returns it for assertions.
 * <p>
 * A client is immutable. The methods that set a header return a new client, so that one
 * request differs from the others by what stands before the call:
 * {@code curator.ifMatch("*").put("/books/one", json).assertStatus(200)}.
 */
public final class TestApiClient {

	private final WebClient client;

	private final String baseUrl;

	private final HttpHeaders headers;

	private TestApiClient(WebClient client, String baseUrl, HttpHeaders headers) {
		this.client = client;
		this.baseUrl = baseUrl;
		this.headers = headers;
	}

	/**
	 * Create a client that sends no token.
	 * @param baseUrl the prefix of every path, such as
	 * {@code http://127.0.0.1:8081/api/v1}
	 */
	public static TestApiClient of(String baseUrl) {
		// Unlike the default connector, this one shows responses as they are sent: it
		// asks
		// for no compression and decompresses nothing.
		WebClient client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create()))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
		return new TestApiClient(client, baseUrl, new HttpHeaders());
	}

	/** Return a client that sends a bearer token. */
	public TestApiClient withToken(String token) {
		return with(HttpHeaders.AUTHORIZATION, "Bearer " + token);
	}

	/** Return a client that sends {@code If-Match}. */
	public TestApiClient ifMatch(String tags) {
		return with(HttpHeaders.IF_MATCH, tags);
	}

	/** Return a client that sends {@code If-None-Match}. */
	public TestApiClient ifNoneMatch(String tags) {
		return with(HttpHeaders.IF_NONE_MATCH, tags);
	}

	/** Return a client that sends {@code Idempotency-Key}. */
	public TestApiClient idempotencyKey(String key) {
		return with("Idempotency-Key", key);
	}

	/**
	 * Return a client that sends content of this type. Without it {@code patch} sends
	 * {@code application/merge-patch+json}, every other method {@code application/json}.
	 */
	public TestApiClient contentType(String type) {
		return with(HttpHeaders.CONTENT_TYPE, type);
	}

	/** Return a client that sends a header, in place of one of the same name. */
	public TestApiClient with(String header, String... values) {
		HttpHeaders changed = new HttpHeaders();
		changed.putAll(this.headers);
		changed.put(header, Arrays.asList(values));
		return new TestApiClient(this.client, this.baseUrl, changed);
	}

	/**
	 * Send GET.
	 * @param path is sent as it is written, except that each {@code {name}} is replaced
	 * by the next variable, percent-encoded, and that non-ASCII characters are
	 * percent-encoded
	 */
	public TestApiResponse get(String path, @Nullable Object... variables) {
		return await(send(HttpMethod.GET, expand(path, variables)));
	}

	/**
	 * Send GET for each page of a list, which must all be found, and return the items of
	 * all pages.
	 */
	public List<JsonNode> getAllItems(String path, @Nullable Object... variables) {
		String first = expand(path, variables);
		TestApiResponse page = get(first).assertStatus(200);
		List<JsonNode> items = new ArrayList<>();
		page.at("/items").forEach(items::add);
		while (page.json().has("next")) {
			page = get(first + (first.contains("?") ? "&" : "?") + "page={next}", page.at("/next").asString())
				.assertStatus(200);
			page.at("/items").forEach(items::add);
		}
		return items;
	}

	/** Send HEAD; the path is that of {@link #get}. */
	public TestApiResponse head(String path, @Nullable Object... variables) {
		return await(send(HttpMethod.HEAD, expand(path, variables)));
	}

	/** Send DELETE; the path is that of {@link #get}. */
	public TestApiResponse delete(String path, @Nullable Object... variables) {
		return await(send(HttpMethod.DELETE, expand(path, variables)));
	}

	/** Send PUT with JSON. */
	public TestApiResponse put(String path, String content) {
		return await(send(HttpMethod.PUT, path, content));
	}

	/** Send POST without content. */
	public TestApiResponse post(String path) {
		return await(send(HttpMethod.POST, path));
	}

	/** Send POST with JSON, or with text of the type that {@link #contentType} set. */
	public TestApiResponse post(String path, String content) {
		return await(send(HttpMethod.POST, path, content));
	}

	/** Send POST with content that is sent while it is produced. */
	public TestApiResponse post(String path, Publisher<DataBuffer> content) {
		return await(send(HttpMethod.POST, path, content));
	}

	/** Send PATCH with a JSON merge patch. */
	public TestApiResponse patch(String path, String content) {
		return await(send(HttpMethod.PATCH, path, content));
	}

	/** Send a request without content when subscribed to, for concurrent requests. */
	public Mono<TestApiResponse> send(HttpMethod method, String path) {
		return exchange(method, path, request(method, path));
	}

	/** Send a request with text when subscribed to, for concurrent requests. */
	public Mono<TestApiResponse> send(HttpMethod method, String path, String content) {
		return exchange(method, path, requestWithContent(method, path).bodyValue(content.getBytes(UTF_8)));
	}

	/** Send a request with streamed content when subscribed to. */
	public Mono<TestApiResponse> send(HttpMethod method, String path, Publisher<DataBuffer> content) {
		return exchange(method, path, requestWithContent(method, path).body(BodyInserters.fromDataBuffers(content)));
	}

	/**
	 * Start a request with the headers of this client, for a test that reads the response
	 * as a stream.
	 */
	public WebClient.RequestBodySpec request(HttpMethod method, String path) {
		return this.client.method(method)
			.uri(URI.create(URI.create(this.baseUrl + path).toASCIIString()))
			.headers((target) -> this.headers.forEach(target::put));
	}

	/** Wrap text in UTF-8, for streamed content. */
	public static DataBuffer buffer(String text) {
		return buffer(text.getBytes(UTF_8));
	}

	/** Wrap bytes, for streamed content. */
	public static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	private WebClient.RequestBodySpec requestWithContent(HttpMethod method, String path) {
		String type = (method == HttpMethod.PATCH) ? "application/merge-patch+json" : MediaType.APPLICATION_JSON_VALUE;
		return request(method, path).headers((target) -> {
			if (!target.containsHeader(HttpHeaders.CONTENT_TYPE)) {
				target.set(HttpHeaders.CONTENT_TYPE, type);
			}
		});
	}

	private Mono<TestApiResponse> exchange(HttpMethod method, String path, WebClient.RequestHeadersSpec<?> request) {
		return request.exchangeToMono((response) -> read(method + " " + path, response))
			// The document is read from a file, which must not block an event loop.
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((response) -> response.checkDocumented(method, URI.create(this.baseUrl).getPath() + path));
	}

	/**
	 * Read all content, even if the test ignores it, so that every buffer is released.
	 */
	private static Mono<TestApiResponse> read(String request, ClientResponse response) {
		return response.bodyToMono(byte[].class)
			.defaultIfEmpty(new byte[0])
			.map((content) -> new TestApiResponse(request, response.statusCode().value(),
					response.headers().asHttpHeaders(), content));
	}

	private static TestApiResponse await(Mono<TestApiResponse> response) {
		return Objects.requireNonNull(response.block(HANG_LIMIT));
	}

	private static String expand(String path, @Nullable Object... variables) {
		String expanded = path;
		for (Object variable : variables) {
			String encoded = UriUtils.encode(String.valueOf(variable), UTF_8);
			expanded = expanded.replaceFirst("\\{[^}]*}", encoded);
		}
		return expanded;
	}

}
