package lectern.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import lectern.gateway.upstream.ServiceAddress;
import lectern.gateway.upstream.UpstreamService;
import lectern.gateway.upstream.UpstreamServices;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QuotaStatus;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Asks progress-service for the token of a key. */
@Component
class AccessKeyClient implements DisposableBean {

	/** The type of progress-service. */
	private static final ProblemType TOO_MANY_ATTEMPTS = new ProblemType("too-many-attempts",
			HttpStatus.TOO_MANY_REQUESTS, "Too many attempts were made");

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

	private static final String RETRY_AFTER_SECONDS = "2";

	/** Less than the idle timeout of the service. */
	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	/**
	 * The service delays the rejection of wrong keys. With a limit, clients who flood the
	 * gateway with those would take all connections, and right keys would wait for them.
	 */
	private final ConnectionProvider connections = ConnectionProvider.builder("key-exchanges")
		.maxConnections(Integer.MAX_VALUE)
		.maxIdleTime(MAX_IDLE)
		.build();

	private final UpstreamService progress;

	private final HttpClient client;

	private final JsonMapper mapper;

	AccessKeyClient(UpstreamServices services, JsonMapper mapper) {
		this.progress = services.progress();
		this.client = HttpClient.create(this.connections)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
		this.mapper = mapper;
	}

	/**
	 * Exchange a key for a token.
	 * @param address the address of the client
	 * @return cold; empty if the key is wrong; fails with a problem: 429 if the address
	 * has tried too many wrong keys, 503 if progress-service is away
	 */
	Mono<String> exchange(String key, String address) {
		byte[] content = this.mapper.writeValueAsString(Map.of("key", key)).getBytes(StandardCharsets.UTF_8);
		return this.progress.callDirectly((service) -> exchange(service, content, address))
			.onErrorMap((failure) -> !(failure instanceof Problem), (failure) -> unavailable().causedBy(failure));
	}

	private Mono<String> exchange(ServiceAddress service, byte[] content, String clientAddress) {
		return this.client
			.headers((headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
				.set(HttpHeaders.CONTENT_LENGTH, content.length)
				.set("X-Forwarded-For", clientAddress))
			.post()
			.uri(service.uri() + "/internal/key-tokens")
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(content)))
			.responseSingle(this::read);
	}

	private Mono<String> read(HttpClientResponse response, ByteBufMono content) {
		return switch (response.status().code()) {
			case 200 -> content.asByteArray().map((json) -> this.mapper.readTree(json).path("accessToken").asString());
			case 401 -> Mono.empty();
			case 429 -> Mono.error(tooManyAttempts(response));
			default -> Mono.error(unavailable());
		};
	}

	private static Problem tooManyAttempts(HttpClientResponse response) {
		Problem problem = Problem.of(TOO_MANY_ATTEMPTS, "Too many wrong keys have been used from this address.")
			.withHeader(HttpHeaders.RETRY_AFTER,
					response.responseHeaders().get(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
		for (String name : List.of(QuotaStatus.POLICY_HEADER, QuotaStatus.HEADER)) {
			for (String value : response.responseHeaders().getAll(name)) {
				problem = problem.withHeader(name, value);
			}
		}
		return problem;
	}

	private static Problem unavailable() {
		return Problem.of(ProblemType.UNAVAILABLE, "The key cannot be checked at the moment. Try again soon.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	@Override
	public void destroy() {
		this.connections.dispose();
	}

}
