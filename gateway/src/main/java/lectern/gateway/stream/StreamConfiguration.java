package lectern.gateway.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import lectern.gateway.upstream.UpstreamServices;
import lectern.streaming.server.SseServer;
import lectern.web.TokenSecurity;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;

/** Maps each stream to its path, with precedence over the routes. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

	private static final int BEFORE_ROUTES = -2;

	@Bean
	FanOutStreams fanOutStreams(StreamRoutes routes, UpstreamServices services, SseServer server,
			MeterRegistry registry) {
		Map<String, FanOutStream> shared = new LinkedHashMap<>();
		routes.shared()
			.forEach((route) -> shared.put(route.path(), new FanOutStream(route, services.get(route.service()), server,
					new UpstreamCount(route.path(), registry))));
		return new FanOutStreams(shared);
	}

	@Bean
	StreamPaths streamPaths(StreamRoutes routes) {
		return new StreamPaths(Stream
			.concat(routes.shared().stream().map(StreamRoutes.SharedRoute::path),
					routes.personal().stream().map(StreamRoutes.PersonalRoute::path))
			.collect(Collectors.toSet()));
	}

	@Bean
	HandlerMapping streamHandlerMapping(StreamRoutes routes, UpstreamServices services, FanOutStreams shared,
			SseServer server, MeterRegistry registry) {
		Map<String, WebHandler> handlers = new LinkedHashMap<>(shared.byPath());
		Map<String, HttpClient> clients = new HashMap<>();
		routes.personal()
			.forEach((route) -> handlers.put(route.path(), new RelayedStream(route, services.get(route.service()),
					server, clients.computeIfAbsent(route.pool(), StreamConfiguration::client), registry)));
		return new SimpleUrlHandlerMapping(handlers, BEFORE_ROUTES);
	}

	/**
	 * Takes precedence over the chain that checks tokens. A browser sends its cookie even
	 * if the token has expired, and an {@code EventSource} gives up for good when it gets
	 * a 401.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityWebFilterChain fanOutStreamSecurityFilterChain(ServerHttpSecurity http, FanOutStreams shared) {
		return TokenSecurity.chainWithoutTokenCheck(http, shared.byPath().keySet().toArray(String[]::new));
	}

	/**
	 * A client that carries thousands of streams over few HTTP/2 connections. It shares
	 * none with ordinary requests, which would wait behind streams. Live streams and
	 * replays use separate pools, because replays transfer data in bulk.
	 */
	private static HttpClient client(String pool) {
		ConnectionProvider connections = ConnectionProvider.builder(pool)
			.allocationStrategy(Http2AllocationStrategy.builder().maxConnections(512).maxConcurrentStreams(100).build())
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(Duration.ofSeconds(3))
			.metrics(true)
			.build();
		return HttpClient.create(connections)
			.protocol(HttpProtocol.H2C)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1_000)
			.doOnRequest((_, connection) -> ConnectionWindow.enlarge(connection.channel()));
	}

	/**
	 * Enlarges the flow-control window of an HTTP/2 connection. Bytes that a stalled
	 * stream does not take count against its own window and that of its connection. The
	 * connection's window is so large that a stream still has room when all others of its
	 * connection are stalled.
	 */
	private static final class ConnectionWindow {

		private static final AttributeKey<Boolean> ENLARGED = AttributeKey.valueOf("lectern.window");

		private static final int WINDOW_INCREMENT_BYTES = 16 * 1024 * 1024;

		static void enlarge(Channel stream) {
			Channel connection = stream.parent();
			Http2FrameCodec codec = (connection != null) ? connection.pipeline().get(Http2FrameCodec.class) : null;
			if (codec == null || connection.attr(ENLARGED).getAndSet(true) != null) {
				return;
			}
			connection.eventLoop().execute(() -> {
				try {
					Http2Connection http2 = codec.connection();
					http2.local()
						.flowController()
						.incrementWindowSize(http2.connectionStream(), WINDOW_INCREMENT_BYTES);
					connection.flush();
				}
				catch (Http2Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

	}

}
