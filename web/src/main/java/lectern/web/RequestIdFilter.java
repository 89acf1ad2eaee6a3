package lectern.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Gives every request an id, its own {@code X-Request-Id} if that is a decent one, and
 * puts it on the answer.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter implements WebFilter {

	/** The header that carries it, in both directions. */
	public static final String HEADER = "X-Request-Id";

	private static final String ATTRIBUTE = RequestIdFilter.class.getName();

	/** Bounded and harmless in a log line. */
	private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

	RequestIdFilter() {
	}

	/** The id of the request being served, or null where the filter has not passed. */
	public static @Nullable String requestId(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String given = exchange.getRequest().getHeaders().getFirst(HEADER);
		String id = (given != null && VALID_ID.matcher(given).matches()) ? given : generateId();
		exchange.getAttributes().put(ATTRIBUTE, id);
		exchange.getResponse().getHeaders().set(HEADER, id);
		ServerWebExchange marked = id.equals(given) ? exchange
				: exchange.mutate().request((request) -> request.header(HEADER, id)).build();
		return chain.filter(marked);
	}

	/** Not a secret, only unlikely to repeat. */
	private static String generateId() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

}
