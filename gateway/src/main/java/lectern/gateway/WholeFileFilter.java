package lectern.gateway;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Serves files whole, also to a client that asks for a range. To a range that is not
 * valid Spring answers with the length of the file but without its content, so that the
 * client waits for the rest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2">RFC 9110, Range: a
 * server may ignore it</a>
 */
@Component
class WholeFileFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.RANGE)
				&& !exchange.getRequest().getPath().value().startsWith("/api/")
						? chain.filter(exchange.mutate()
							.request((request) -> request.headers((headers) -> headers.remove(HttpHeaders.RANGE)))
							.build())
						: chain.filter(exchange);
	}

}
