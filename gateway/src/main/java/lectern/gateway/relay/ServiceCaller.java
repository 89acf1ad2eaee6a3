package lectern.gateway.relay;

import java.time.Duration;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import lectern.gateway.upstream.RepeatableContent;
import lectern.gateway.upstream.SafeRepetition;
import lectern.gateway.upstream.UpstreamCall;
import lectern.gateway.upstream.UpstreamServices;
import lectern.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Makes a call to a service of a client's request. */
final class ServiceCaller {

	private final UpstreamServices services;

	private final ServiceEndpoints endpoints;

	private final RelayTimeouts timeouts;

	ServiceCaller(UpstreamServices services, ServiceEndpoints endpoints, RelayTimeouts timeouts) {
		this.services = services;
		this.endpoints = endpoints;
		this.timeouts = timeouts;
	}

	/**
	 * Send a request when its service takes it.
	 * @param headers the headers for the service, without a host
	 * @param client the connection of the client, on whose event loop it is sent
	 * @return cold; emits the call when its response has begun, or fails
	 */
	Mono<ServiceCall> send(RelayRoute route, HttpServerRequest request, String path, HttpHeaders headers,
			Channel client) {
		UpstreamCall upstream = this.services.get(Objects.requireNonNull(route.uri()))
			.newCall(route.metadata().isLimited(request.uri()));
		boolean safe = SafeRepetition.isSafe(request.method().name(), path, headers.contains(IdempotencyKey.HEADER));
		RepeatableContent<ByteBuf> content = contentOf(request, safe, upstream);
		HttpRequest head = (content != null)
				? new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), request.uri(), headers)
				: new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), request.uri(),
						Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
		Duration timeout = route.metadata().responseTimeout();
		RelayedRequest relayed = new RelayedRequest(head, content, safe,
				(timeout != null) ? timeout.toNanos() : this.timeouts.responseNanos());
		Mono<ServiceCall> call = ServiceCall.send(relayed, upstream, this.endpoints, client);
		Mono<ServiceCall> admitted = upstream.tryEnter() ? call : upstream.enter(client.eventLoop()).then(call);
		return admitted.doFinally((_) -> upstream.close());
	}

	private static @Nullable RepeatableContent<ByteBuf> contentOf(HttpServerRequest request, boolean safe,
			UpstreamCall upstream) {
		String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
		return (length == null) ? null : new RepeatableContent<>(request.receive(), parse(length), safe,
				ByteBufUtil::getBytes, Unpooled::wrappedBuffer, upstream::onContentSent);
	}

	/** The HTTP server has rejected what is not a number. */
	private static long parse(String length) {
		return Long.parseLong(length.strip());
	}

}
