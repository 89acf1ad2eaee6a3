package lectern.gateway;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Replaces the key of a program by a token before anything else looks at it, because
 * services take tokens only. A wrong key is left to the check of tokens, which rejects
 * it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class AccessKeyFilter implements WebFilter {

	private final AccessKeyTokens tokens;

	AccessKeyFilter(AccessKeyTokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String key = keyOf(exchange.getRequest());
		if (key == null) {
			return chain.filter(exchange);
		}
		return GatewaySecurityConfiguration.WITHOUT_TOKEN.matches(exchange)
			.filter((match) -> !match.isMatch())
			.flatMap((_) -> this.tokens.exchange(key, addressOf(exchange.getRequest())))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((token) -> chain.filter(token.map((found) -> withToken(exchange, found)).orElse(exchange)));
	}

	/** Two credentials are left to the check of tokens as well. */
	private static @Nullable String keyOf(ServerHttpRequest request) {
		List<String> credentials = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
		return (credentials.size() == 1) ? AccessKeyCredential.keyIn(credentials.getFirst()) : null;
	}

	private static String addressOf(ServerHttpRequest request) {
		InetSocketAddress client = request.getRemoteAddress();
		return (client != null && client.getAddress() != null) ? client.getAddress().getHostAddress() : "";
	}

	private static ServerWebExchange withToken(ServerWebExchange exchange, String token) {
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.setBearerAuth(token)))
			.build();
	}

}
