package lectern.web;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * What the log says of a request: neither its query nor the handle of a reader.
 *
 * @param id the id of the request; null if it has none yet
 * @param traceId the id of its trace; null if it belongs to none
 * @param method the method
 * @param path the pattern of the route, or the path with {@code {reader}} in place of a
 * handle
 */
public record LoggedRequest(@Nullable String id, @Nullable String traceId, String method, String path) {

	private static final int MAX_METHOD_LENGTH = 20;

	private static final int MAX_PATH_LENGTH = 200;

	/** A method or a path may be as long as the first line of a request. */
	public LoggedRequest {
		method = LoggedText.printable(method, MAX_METHOD_LENGTH);
		path = LoggedText.printable(path, MAX_PATH_LENGTH);
	}

	/** Return what the log says of an exchange. */
	public static LoggedRequest of(ServerWebExchange exchange) {
		return new LoggedRequest(RequestIdFilter.requestId(exchange), traceIdOf(exchange),
				exchange.getRequest().getMethod().name(), pathOf(exchange));
	}

	private static @Nullable String traceIdOf(ServerWebExchange exchange) {
		String exported = exchange.getAttribute(TraceParent.TRACE_ID_ATTRIBUTE);
		return (exported != null) ? exported
				: TraceParent.traceId(exchange.getRequest().getHeaders().getFirst(TraceParent.HEADER));
	}

	private static String pathOf(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null && pattern.toString().indexOf('*') < 0) ? pattern.toString()
				: withoutReader(exchange.getRequest().getPath());
	}

	/**
	 * Return a path without the handle in it.
	 * @param path an encoded path without query
	 */
	public static String withoutReader(String path) {
		return withoutReader(PathContainer.parsePath(path));
	}

	/** What follows a collection of readers is a handle, however it is encoded. */
	private static String withoutReader(PathContainer path) {
		StringBuilder text = new StringBuilder();
		String previous = "";
		for (PathContainer.Element element : path.elements()) {
			if (element instanceof PathContainer.PathSegment segment) {
				boolean isHandle = previous.equals("readers") || previous.equals("accounts");
				text.append(isHandle ? "{reader}" : segment.value());
				previous = segment.valueToMatch();
			}
			else {
				text.append(element.value());
			}
		}
		return text.toString();
	}

}
