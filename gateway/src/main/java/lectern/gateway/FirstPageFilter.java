package lectern.gateway;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Serves the first page in the same way as every other file. Spring Boot's own welcome
 * page does not know HEAD and OPTIONS, and is not found by a client that accepts no HTML.
 */
@Component
class FirstPageFilter implements WebFilter {

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		return (request.getPath().value().equals("/") && METHODS.contains(request.getMethod()))
				? chain.filter(exchange.mutate().request((page) -> page.path("/index.html")).build())
				: chain.filter(exchange);
	}

}
