package lectern.gateway.stream;

import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.gateway.upstream.ServiceAddress;
import lectern.gateway.upstream.UpstreamService;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.SseClient;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import lectern.web.RefusedAccessLog;
import lectern.web.RequestIdFilter;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * A private stream: relayed for each client, and kept open while its service is
 * unavailable. A rejection by the service is forwarded unchanged, unless the stream has
 * begun.
 */
final class RelayedStream implements WebHandler {

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

	private static final Set<String> FORWARDED_HEADERS = Set.of("content-type", "retry-after", "www-authenticate",
			"cache-control", "allow");

	private final UpstreamService service;

	private final HttpClient client;

	private final SseServer server;

	private final StreamMeters meters;

	private final UpstreamCount upstreamCount;

	private final @Nullable PrivateStreamLag lag;

	private final Set<String> parameters;

	private final boolean live;

	RelayedStream(StreamRoutes.PersonalRoute route, UpstreamService service, SseServer server, HttpClient client,
			MeterRegistry registry) {
		this.service = service;
		this.client = client;
		this.server = server;
		this.meters = server.meters(route.path());
		this.upstreamCount = new UpstreamCount(route.path(), registry);
		this.lag = route.isLive() ? new PrivateStreamLag(route.path(), registry) : null;
		this.parameters = route.parameters();
		this.live = route.isLive();
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return StreamRequestValidator.handle(exchange, this::serve);
	}

	private Mono<Void> serve(ServerWebExchange exchange) {
		QueryParameters.requireKnown(exchange.getRequest().getQueryParams(), this.parameters);
		return exchange.getPrincipal()
			.ofType(JwtAuthenticationToken.class)
			.switchIfEmpty(Mono.error(() -> new AuthenticationCredentialsNotFoundException("There is no token")))
			.doOnNext((signedIn) -> requireOwner(exchange, signedIn))
			.flatMap((signedIn) -> relay(exchange, signedIn));
	}

	private static void requireOwner(ServerWebExchange exchange, Principal signedIn) {
		Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		if (!signedIn.getName().equals(variables.get("reader"))) {
			RefusedAccessLog.write(signedIn.getName(), exchange.getRequest());
			throw Problem.of(ProblemType.FORBIDDEN, "This resource belongs to another reader.");
		}
	}

	private Mono<Void> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn) {
		Mono<UpstreamRelay> relay = Mono.defer(() -> {
			UpstreamCancellation cancellation = new UpstreamCancellation(exchange.getResponse());
			return relay(exchange, signedIn, cancellation).doOnError((_) -> cancellation.disarm());
		});
		return this.server.serve(exchange, signedIn.getName(), TokenSession.of(signedIn.getToken()), this.meters, relay)
			.onErrorResume(UpstreamRejectedException.class,
					(rejected) -> forwardResponse(rejected.response, exchange.getResponse()));
	}

	private Mono<UpstreamRelay> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn,
			UpstreamCancellation cancellation) {
		String target = pathAndQuery(exchange.getRequest().getURI());
		RequestedStart requested = RequestedStart.of(exchange.getRequest());
		String token = signedIn.getToken().getTokenValue();
		String requestId = RequestIdFilter.requestId(exchange);
		HttpClient caller = this.client.headers((headers) -> setHeaders(headers, token, requestId))
			.doOnRequest((_, upstream) -> cancellation.setUpstream(upstream));
		UpstreamRelay.Connector connector = (lastId) -> connect(caller, target, lastId);
		return connector.connect(RequestedStart.lastEventId(exchange.getRequest()))
			.map(Optional::of)
			.onErrorResume((_) -> Mono.just(Optional.empty()))
			.flatMap((received) -> {
				if (received.filter((response) -> response.isRejection() || response.isNoContent()).isPresent()) {
					return Mono.error(new UpstreamRejectedException(received.get()));
				}
				return Mono.just(new UpstreamRelay(this.meters, TokenSession.of(signedIn.getToken()), connector,
						received.filter(UpstreamResponse::isStream).orElse(null),
						this.live ? requested.resumable() : requested, this.upstreamCount, this.lag));
			});
	}

	/** The query may name a start; the service prefers {@code Last-Event-ID}. */
	private static String pathAndQuery(URI uri) {
		return (uri.getRawQuery() != null) ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.getRawPath();
	}

	/**
	 * Call the service. The client keeps a reference to its subscriber for as long as the
	 * response lasts. A future holds less memory than the operators and context of the
	 * client's request, which are about 40 KB per stream.
	 * @param lastId the id after which to continue; null to start as the query says
	 */
	private Mono<UpstreamResponse> connect(HttpClient caller, String target, @Nullable String lastId) {
		return Mono.fromFuture(() -> {
			ServiceAddress address = this.service.addressOfStream();
			return exchange(caller, address, target, lastId).doOnError(address::onConnectionFailure).toFuture();
		});
	}

	private Mono<UpstreamResponse> exchange(HttpClient caller, ServiceAddress address, String target,
			@Nullable String lastId) {
		HttpClient client = (lastId != null) ? caller.headers((headers) -> headers.set(SseClient.LAST_EVENT_ID, lastId))
				: caller;
		return client.get()
			.uri(address.uri() + target)
			.responseConnection((response, connection) -> Mono
				.just(new UpstreamResponse(response, connection, () -> this.service.isReplaceable(address))))
			.next()
			.timeout(RESPONSE_TIMEOUT);
	}

	private static void setHeaders(HttpHeaders headers, String token, @Nullable String requestId) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
		if (requestId != null) {
			headers.set(RequestIdFilter.HEADER, requestId);
		}
	}

	private static Mono<Void> forwardResponse(UpstreamResponse received, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(received.status()));
		received.headers().forEach((header) -> {
			if (FORWARDED_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				response.getHeaders().set(header.getKey(), header.getValue());
			}
		});
		return response
			.writeWith(received.body().map((bytes) -> response.bufferFactory().wrap(bytes)).timeout(RESPONSE_TIMEOUT))
			.doFinally((_) -> received.close());
	}

	/** The service rejected the request; its response is forwarded. */
	private static final class UpstreamRejectedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient UpstreamResponse response;

		UpstreamRejectedException(UpstreamResponse response) {
			super("The service responded with status " + response.status(), null, false, false);
			this.response = response;
		}

	}

}
