package lectern.web;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers {@code OPTIONS} with 204: Spring's handler names the methods in {@code Allow},
 * with status 200 and no content. It adds an empty {@code Accept-Patch} where there is no
 * {@code PATCH}, which says that there is one that takes nothing.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class OptionsFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getMethod() == HttpMethod.OPTIONS) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> setNoContent(exchange.getResponse())));
		}
		return chain.filter(exchange);
	}

	private static void setNoContent(ServerHttpResponse response) {
		if (response.getHeaders().getAcceptPatch().isEmpty()) {
			response.getHeaders().remove(HttpHeaders.ACCEPT_PATCH);
		}
		boolean successful = response.getStatusCode() == null || response.getStatusCode().value() == 200;
		if (successful && response.getHeaders().containsHeader(HttpHeaders.ALLOW)) {
			response.setStatusCode(HttpStatus.NO_CONTENT);
		}
	}

}
