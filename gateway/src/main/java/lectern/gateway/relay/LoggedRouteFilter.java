package lectern.gateway.relay;

import io.netty.channel.Channel;
import lectern.gateway.accesslog.LoggedRoute;
import lectern.gateway.stream.StreamPaths;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR;

/**
 * Tells the access log the pattern of each request of the ordinary way: that of its
 * controller or page, or of the route that has its path.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LoggedRouteFilter implements WebFilter {

	private final RelayRoutes routes;

	LoggedRouteFilter(GatewayProperties properties, StreamPaths streams) {
		this.routes = RelayRoutes.of(properties, streams.paths());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			tell(exchange);
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	private void tell(ServerWebExchange exchange) {
		Channel channel = channelOf(exchange.getResponse());
		String pattern = patternOf(exchange);
		if (channel != null && pattern != null) {
			LoggedRoute.set(channel, pattern);
		}
	}

	private @Nullable String patternOf(ServerWebExchange exchange) {
		if (exchange.getAttribute(GATEWAY_PREDICATE_MATCHED_PATH_ATTR) instanceof String matched) {
			return matched;
		}
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? pattern.toString()
				: this.routes.findPattern(exchange.getRequest().getPath().pathWithinApplication().value());
	}

	private static @Nullable Channel channelOf(ServerHttpResponse response) {
		Channel[] channel = new Channel[1];
		// The response to HEAD is decorated.
		if ((response instanceof AbstractServerHttpResponse || response instanceof ServerHttpResponseDecorator)
				&& ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse server) {
			server.withConnection((connection) -> channel[0] = connection.channel());
		}
		return channel[0];
	}

}
