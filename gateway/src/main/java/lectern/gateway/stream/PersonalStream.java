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
import lectern.streaming.StreamMeters;
import lectern.streaming.Streams;
import lectern.web.Parameters;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.RequestId;
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
final class PersonalStream implements WebHandler {

	private static final Duration ANSWER = Duration.ofSeconds(3);

	private static final Set<String> PASSED_ON = Set.of("content-type", "retry-after", "www-authenticate",
			"cache-control", "allow");

	private final HttpClient client;

	private final Streams streams;

	private final StreamMeters meters;

	private final UpstreamCount count;

	private final Set<String> parameters;

	PersonalStream(StreamRoutes.Personal route, Streams streams, HttpClient client, UpstreamCount count) {
		this.client = client.baseUrl(route.service().toString());
		this.streams = streams;
		this.meters = streams.meters(route.path());
		this.count = count;
		this.parameters = route.parameters();
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		StreamRequests.check(exchange.getRequest());
		Parameters.requireKnown(exchange.getRequest().getQueryParams(), this.parameters);
		return exchange.getPrincipal()
			.cast(JwtAuthenticationToken.class)
			.doOnNext((signedIn) -> requireOwn(exchange, signedIn))
			.flatMap((signedIn) -> relay(exchange, signedIn));
	}

	private static void requireOwn(ServerWebExchange exchange, Principal signedIn) {
		Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		if (!signedIn.getName().equals(variables.get("reader"))) {
			throw Problem.of(ProblemType.FORBIDDEN, "What is at this address is another reader's.");
		}
	}

	private Mono<Void> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn) {
		Mono<Relay> relay = Mono.defer(() -> {
			Tether tether = new Tether(exchange.getResponse());
			return relay(exchange, signedIn, tether).doOnError((_) -> tether.loosen());
		});
		return this.streams.serve(exchange, signedIn.getName(), this.meters, relay)
			.onErrorResume(Refused.class, (refused) -> passOn(refused.call, exchange.getResponse()));
	}

	private Mono<Relay> relay(ServerWebExchange exchange, JwtAuthenticationToken signedIn, Tether tether) {
		String address = address(exchange.getRequest().getURI());
		String asked = asked(exchange.getRequest());
		String token = signedIn.getToken().getTokenValue();
		String requestId = RequestId.of(exchange);
		HttpClient caller = this.client.headers((headers) -> describe(headers, token, requestId))
			.doOnRequest((_, upstream) -> tether.tie(upstream));
		Relay.Dial dial = (lastId) -> dial(caller, address, (lastId != null) ? lastId : asked);
		return dial.call(null).map(Optional::of).onErrorResume((_) -> Mono.just(Optional.empty())).flatMap((call) -> {
			if (call.filter((answer) -> answer.isRefusal() || answer.isOver()).isPresent()) {
				return Mono.error(new Refused(call.get()));
			}
			return Mono.just(new Relay(this.meters, signedIn.getToken().getExpiresAt(), dial,
					call.filter(Call::isStream).orElse(null), asked, this.count));
		});
	}

	/** With what was asked for; a last id counts before it. */
	private static String address(URI uri) {
		return (uri.getRawQuery() != null) ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.getRawPath();
	}

	private static @Nullable String asked(ServerHttpRequest request) {
		String lastId = request.getHeaders().getFirst("Last-Event-ID");
		String asked = (lastId != null && !lastId.isEmpty()) ? lastId : request.getQueryParams().getFirst("after");
		return (asked == null || asked.isEmpty()) ? null : asked;
	}

	/**
	 * Call the service, from the last id on. For as long as the answer lasts the client
	 * keeps who subscribed to it: a future is less than all that a request went through,
	 * some 40 KB a stream.
	 */
	private static Mono<Call> dial(HttpClient caller, String address, @Nullable String lastId) {
		return Mono.fromFuture(() -> answer(caller, address, lastId).toFuture());
	}

	private static Mono<Call> answer(HttpClient caller, String address, @Nullable String lastId) {
		HttpClient from = (lastId != null) ? caller.headers((headers) -> headers.set("Last-Event-ID", lastId)) : caller;
		return from.get()
			.uri(address)
			.responseConnection((answer, connection) -> Mono.just(new Call(answer, connection)))
			.next()
			.timeout(ANSWER);
	}

	private static void describe(HttpHeaders headers, String token, @Nullable String requestId) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
		if (requestId != null) {
			headers.set(RequestId.HEADER, requestId);
		}
	}

	private static Mono<Void> passOn(Call call, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(call.status()));
		call.headers().forEach((header) -> {
			if (PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				response.getHeaders().set(header.getKey(), header.getValue());
			}
		});
		return response.writeWith(call.content().map((bytes) -> response.bufferFactory().wrap(bytes)).timeout(ANSWER))
			.doFinally((_) -> call.close());
	}

	/** The service refused: its answer is ours. */
	private static final class Refused extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Call call;

		Refused(Call call) {
			super(null, null, false, false);
			this.call = call;
		}

	}

}
