package lectern.gateway.stream;

import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import lectern.web.RequestIdFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * A stream of one reader each: relayed, and kept open while its service is away. What the
 * service refuses is refused in its own words, unless the stream has begun.
 */
final class RelayedStream implements WebHandler {

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

	private static final Set<String> FORWARDED_HEADERS = Set.of("content-type", "retry-after", "www-authenticate",
			"cache-control", "allow");

	private final HttpClient client;

	private final SseServer server;

	private final StreamMeters meters;

	private final UpstreamCount upstreamCount;

	private final Set<String> parameters;

	RelayedStream(StreamRoutes.PersonalRoute route, SseServer streams, HttpClient client, UpstreamCount count) {
		this.client = client.baseUrl(route.service().toString());
		this.server = streams;
		this.meters = streams.meters(route.path());
		this.upstreamCount = count;
		this.parameters = route.parameters();
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		StreamRequestValidator.validate(exchange.getRequest());
		QueryParameters.requireKnown(exchange.getRequest().getQueryParams(), this.parameters);
		return exchange.getPrincipal()
			.cast(JwtAuthenticationToken.class)
			.doOnNext((signedIn) -> requireOwner(exchange, signedIn))
			.flatMap((signedIn) -> relay(exchange, signedIn));
	}

	private static void requireOwner(ServerWebExchange exchange, Principal signedIn) {
		Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		if (!signedIn.getName().equals(variables.get("reader"))) {
			throw Problem.of(ProblemType.FORBIDDEN, "This resource belongs to another reader.");
		}
	}

	private Mono<Void> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn) {
		Mono<UpstreamRelay> relay = Mono.defer(() -> {
			UpstreamCancellation tether = new UpstreamCancellation(exchange.getResponse());
			return relay(exchange, signedIn, tether).doOnError((_) -> tether.disarm());
		});
		return this.server.serve(exchange, signedIn.getName(), this.meters, relay)
			.onErrorResume(UpstreamRejectedException.class,
					(refused) -> forwardResponse(refused.response, exchange.getResponse()));
	}

	private Mono<UpstreamRelay> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn,
			UpstreamCancellation tether) {
		String address = pathAndQuery(exchange.getRequest().getURI());
		String asked = requestedStart(exchange.getRequest());
		String token = signedIn.getToken().getTokenValue();
		String requestId = RequestIdFilter.requestId(exchange);
		HttpClient caller = this.client.headers((headers) -> setHeaders(headers, token, requestId))
			.doOnRequest((_, upstream) -> tether.setUpstream(upstream));
		UpstreamRelay.Connector dial = (lastId) -> connect(caller, address, (lastId != null) ? lastId : asked);
		return dial.connect(null)
			.map(Optional::of)
			.onErrorResume((_) -> Mono.just(Optional.empty()))
			.flatMap((call) -> {
				if (call.filter((answer) -> answer.isRejection() || answer.isNoContent()).isPresent()) {
					return Mono.error(new UpstreamRejectedException(call.get()));
				}
				return Mono.just(new UpstreamRelay(this.meters, signedIn.getToken().getExpiresAt(), dial,
						call.filter(UpstreamResponse::isStream).orElse(null), asked, this.upstreamCount));
			});
	}

	/** With what was asked for; a last id counts before it. */
	private static String pathAndQuery(URI uri) {
		return (uri.getRawQuery() != null) ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.getRawPath();
	}

	private static @Nullable String requestedStart(ServerHttpRequest request) {
		String lastId = request.getHeaders().getFirst("Last-Event-ID");
		String asked = (lastId != null && !lastId.isEmpty()) ? lastId : request.getQueryParams().getFirst("after");
		return (asked == null || asked.isEmpty()) ? null : asked;
	}

	/**
	 * Call the service, from the last id on. For as long as the answer lasts the client
	 * keeps who subscribed to it: a future is less than all that a request went through,
	 * some 40 KB a stream.
	 */
	private static Mono<UpstreamResponse> connect(HttpClient caller, String address, @Nullable String lastId) {
		return Mono.fromFuture(() -> exchange(caller, address, lastId).toFuture());
	}

	private static Mono<UpstreamResponse> exchange(HttpClient caller, String address, @Nullable String lastId) {
		HttpClient from = (lastId != null) ? caller.headers((headers) -> headers.set("Last-Event-ID", lastId)) : caller;
		return from.get()
			.uri(address)
			.responseConnection((answer, connection) -> Mono.just(new UpstreamResponse(answer, connection)))
			.next()
			.timeout(RESPONSE_TIMEOUT);
	}

	private static void setHeaders(HttpHeaders headers, String token, @Nullable String requestId) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
		if (requestId != null) {
			headers.set(RequestIdFilter.HEADER, requestId);
		}
	}

	private static Mono<Void> forwardResponse(UpstreamResponse call, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(call.status()));
		call.headers().forEach((header) -> {
			if (FORWARDED_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				response.getHeaders().set(header.getKey(), header.getValue());
			}
		});
		return response
			.writeWith(call.body().map((bytes) -> response.bufferFactory().wrap(bytes)).timeout(RESPONSE_TIMEOUT))
			.doFinally((_) -> call.close());
	}

	/** The service refused: its answer is ours. */
	private static final class UpstreamRejectedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient UpstreamResponse response;

		UpstreamRejectedException(UpstreamResponse call) {
			super(null, null, false, false);
			this.response = call;
		}

	}

}
