package lectern.gateway;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Serves the first page in the same way as every other file. Spring Boot's own welcome
 * page knows no method but GET, and is not found by a client that accepts no HTML.
 */
@Component
class FirstPageFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return exchange.getRequest().getPath().value().equals("/")
				? chain.filter(exchange.mutate().request((page) -> page.path("/index.html")).build())
				: chain.filter(exchange);
	}

}
