package lectern.gateway;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.ChannelOption;
import lectern.gateway.upstream.ServiceAddress;
import lectern.gateway.upstream.UpstreamService;
import lectern.gateway.upstream.UpstreamServices;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Renews tokens at progress-service. A page sends several requests at once when it wakes
 * up: those with the same token share one renewal, also for a few seconds after it.
 */
@Component
class TokenRenewalClient {

	private static final Duration SHARED_FOR = Duration.ofSeconds(10);

	private static final int MAX_SHARED = 10_000;

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

	private static final String RETRY_AFTER_SECONDS = "2";

	private final UpstreamService progress;

	private final HttpClient client;

	private final JsonMapper mapper;

	private final Cache<Renewal, Mono<RenewedToken>> renewals = Caffeine.newBuilder()
		.maximumSize(MAX_SHARED)
		.expireAfterWrite(SHARED_FOR)
		.build();

	TokenRenewalClient(UpstreamServices services, JsonMapper mapper) {
		this.progress = services.progress();
		this.client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
		this.mapper = mapper;
	}

	/**
	 * Renew a token.
	 * @param scheme the scheme of the client's request, on which the cookie depends
	 * @return hot once subscribed to; empty if the token is not valid or its session has
	 * ended; fails with a problem (503) if progress-service is away
	 */
	Mono<RenewedToken> renew(String token, String scheme) {
		Renewal renewal = new Renewal(token, scheme);
		return Mono.defer(() -> this.renewals.get(renewal, this::start))
			.doOnError((_) -> this.renewals.invalidate(renewal));
	}

	private Mono<RenewedToken> start(Renewal renewal) {
		return this.progress.callDirectly((service) -> send(service, renewal))
			.onErrorMap((failure) -> !(failure instanceof Problem), (failure) -> unavailable().causedBy(failure))
			.cache();
	}

	private Mono<RenewedToken> send(ServiceAddress service, Renewal renewal) {
		return this.client
			.headers((headers) -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + renewal.token)
				.set("X-Forwarded-Proto", renewal.scheme)
				.set(HttpHeaders.CONTENT_LENGTH, 0))
			.post()
			.uri(service.uri() + "/api/v1/tokens")
			.responseSingle(this::read);
	}

	private Mono<RenewedToken> read(HttpClientResponse response, ByteBufMono content) {
		return switch (response.status().code()) {
			case 200 -> content.asByteArray()
				.map((json) -> new RenewedToken(this.mapper.readTree(json).path("accessToken").asString(),
						response.responseHeaders().get(HttpHeaders.SET_COOKIE, "")));
			// 404: an outside issuer gives tokens, and no cookies.
			case 401, 404 -> Mono.empty();
			default -> Mono.error(unavailable());
		};
	}

	private static Problem unavailable() {
		return Problem.of(ProblemType.UNAVAILABLE, "The token cannot be renewed at the moment. Try again soon.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	private record Renewal(String token, String scheme) {

	}

	/**
	 * A renewed token.
	 *
	 * @param cookie the value of the header that sets it as the browser's cookie
	 */
	record RenewedToken(String accessToken, String cookie) {

	}

}
