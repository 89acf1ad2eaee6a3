package lectern.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.netty.channel.Channel;
import lectern.web.IdempotencyKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

/**
 * Sends the requests of the ordinary way to an address of their service. The short way
 * does the same with the same {@link UpstreamCall}.
 */
@Component
class UpstreamCallFilter implements GlobalFilter, Ordered {

	private static final Duration UNBOUNDED = Duration.ofDays(365);

	private final UpstreamServices services;

	private final Duration responseTimeout;

	UpstreamCallFilter(UpstreamServices services, HttpClientProperties client) {
		this.services = services;
		Duration timeout = client.getResponseTimeout();
		this.responseTimeout = (timeout != null) ? timeout : UNBOUNDED;
	}

	/** Runs directly after the filters that determine the URL. */
	@Override
	public int getOrder() {
		return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 2;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
		UpstreamService service = this.services.find(route.getUri());
		return (service != null) ? send(exchange, chain, service, route.getMetadata()) : chain.filter(exchange);
	}

	private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, UpstreamService service,
			Map<String, Object> routeMetadata) {
		RouteMetadata metadata = RouteMetadata.of(routeMetadata);
		ServerHttpRequest request = exchange.getRequest();
		UpstreamCall call = service.newCall(metadata.isLimited(request.getURI().toString()));
		boolean safe = SafeRepetition.isSafe(request.getMethod().name(), request.getPath().value(),
				request.getHeaders().containsHeader(IdempotencyKey.HEADER));
		RepeatableContent<DataBuffer> content = contentOf(request, safe, call);
		ServerWebExchange observed = exchange.mutate().request(withContent(request, content)).build();
		Duration timeout = metadata.unbounded() ? UNBOUNDED
				: (metadata.responseTimeout() != null) ? metadata.responseTimeout() : this.responseTimeout;
		Attempts attempts = new Attempts(observed, chain, call, content, safe, System.nanoTime() + timeout.toNanos());
		return call.enter(channelOf(request).eventLoop())
			.then(Mono.defer(attempts::next))
			.doFinally((_) -> end(call, content));
	}

	private static RepeatableContent<DataBuffer> contentOf(ServerHttpRequest request, boolean safe, UpstreamCall call) {
		boolean chunked = request.getHeaders().containsHeader("Transfer-Encoding");
		long length = chunked ? -1 : Math.max(request.getHeaders().getContentLength(), 0);
		return new RepeatableContent<>(request.getBody(), length, safe, UpstreamCallFilter::take,
				DefaultDataBufferFactory.sharedInstance::wrap, call::onContentSent);
	}

	private static void end(UpstreamCall call, RepeatableContent<?> content) {
		if (content.isIncomplete()) {
			call.abandon();
		}
		else {
			call.close();
		}
	}

	private static byte[] take(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static ServerHttpRequest withContent(ServerHttpRequest request, RepeatableContent<DataBuffer> content) {
		return new ServerHttpRequestDecorator(request) {

			@Override
			public Flux<DataBuffer> getBody() {
				return content.forAttempt();
			}

		};
	}

	private static Channel channelOf(ServerHttpRequest request) {
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		Channel[] channel = new Channel[1];
		received.withConnection((connection) -> channel[0] = connection.channel());
		return channel[0];
	}

	/** The attempts of one request, one after the other. */
	private record Attempts(ServerWebExchange exchange, GatewayFilterChain chain, UpstreamCall call,
			RepeatableContent<DataBuffer> content, boolean safe, long deadline) {

		/** Complete when the response has begun. */
		Mono<Void> next() {
			ServiceAddress address = this.call.next();
			if (address == null) {
				return Mono.error(this.call.rejection());
			}
			URI url = this.exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
			String target = url.getRawPath() + ((url.getRawQuery() != null) ? "?" + url.getRawQuery() : "");
			this.exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, URI.create(address.uri() + target));
			ServerWebExchangeUtils.removeAlreadyRouted(this.exchange);
			return withTimeout(this.chain.filter(this.exchange)).doOnSuccess((_) -> this.call.onResponse())
				.onErrorResume(this::failed);
		}

		/** The client applies the timeout of the route to each attempt by itself. */
		private Mono<Void> withTimeout(Mono<Void> attempt) {
			long remaining = Math.max(this.deadline - System.nanoTime(), 1);
			long timeout = this.call.attemptTimeoutNanos(remaining, this.safe && !this.content.isStarted()
					&& this.exchange.getRequest().getHeaders().getContentLength() <= 0);
			return (timeout < remaining || this.call.isRetry()) ? attempt.timeout(Duration.ofNanos(timeout)) : attempt;
		}

		private Mono<Void> failed(Throwable failure) {
			if (this.content.isIncomplete() && (isTimeout(failure) || this.content.hasFailed())) {
				// The client was too slow or has left, and the service is not to blame.
				return Mono.error(failure);
			}
			this.call.onFailure(failure);
			boolean inTime = this.deadline - System.nanoTime() > 0;
			long delay = (inTime && isRepeatable()) ? this.call.retryDelayMillis() : -1;
			return (delay < 0) ? Mono.error(failure)
					: Mono.delay(Duration.ofMillis(delay)).then(Mono.defer(this::next));
		}

		/** Content is requested when there is a connection. */
		private boolean isRepeatable() {
			return this.safe ? this.content.isRepeatable() : !this.content.isStarted();
		}

		private static boolean isTimeout(Throwable failure) {
			return failure instanceof TimeoutException || failure instanceof ResponseStatusException response
					&& response.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT;
		}

	}

}
