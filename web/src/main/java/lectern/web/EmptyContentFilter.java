package lectern.web;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Ignores the media type of a request without content: many clients add one that nobody
 * asked for, for example {@code curl -d ''} that of a form. A type that some operation
 * takes is kept, so that an operation that needs content can say that it lacks.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
final class EmptyContentFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String type = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return (type != null && isEmpty(request.getHeaders()) && !isTaken(type)) ? chain.filter(exchange.mutate()
			.request((builder) -> builder.headers((headers) -> headers.remove(HttpHeaders.CONTENT_TYPE)))
			.build()) : chain.filter(exchange);
	}

	/** Without either header there is no content (RFC 9112, section 6.3). */
	private static boolean isEmpty(HttpHeaders headers) {
		@Nullable String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
		return (length == null || length.equals("0")) && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	/** Not parsed, because the type may be malformed. */
	private static boolean isTaken(String type) {
		String name = type.toLowerCase(Locale.ROOT);
		return name.contains("json") || name.startsWith("text/markdown");
	}

}
