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
 * Assigns an id to every request, taken from its {@code X-Request-Id} header if that is
 * valid, and adds it to the response.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter implements WebFilter {

	/** The header with the id, in requests and responses. */
	public static final String HEADER = "X-Request-Id";

	private static final String ATTRIBUTE = RequestIdFilter.class.getName();

	/** Limits the length, and allows only characters that are safe in a log line. */
	private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

	RequestIdFilter() {
	}

	/** Return the id of a request; null if the filter has not run yet. */
	public static @Nullable String requestId(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	/**
	 * Return the id of a request.
	 * @param received the header of the request; null if absent
	 * @return the received id if it is valid, otherwise a new one
	 */
	public static String validOrGenerated(@Nullable String received) {
		return (received != null && VALID_ID.matcher(received).matches()) ? received : generateId();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String received = exchange.getRequest().getHeaders().getFirst(HEADER);
		String id = validOrGenerated(received);
		exchange.getAttributes().put(ATTRIBUTE, id);
		exchange.getResponse().getHeaders().set(HEADER, id);
		ServerWebExchange withId = id.equals(received) ? exchange
				: exchange.mutate().request((request) -> request.header(HEADER, id)).build();
		return chain.filter(withId);
	}

	/** The id is not a secret; it only has to be unlikely to repeat. */
	static String generateId() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

}
