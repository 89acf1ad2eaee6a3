package lectern.gateway.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.support.RouteMetadataUtils;

/**
 * What the metadata of a route says about the calls of its requests.
 *
 * @param responseTimeout until when a response must have begun; null for the timeout of
 * all routes
 * @param unbounded whether a response may take any time to begin
 * @param limited whether its requests count against the limit of concurrent requests.
 * Those that a service delays on purpose must not, because others would wait for them
 */
public record RouteMetadata(@Nullable Duration responseTimeout, boolean unbounded, boolean limited) {

	private static final String CONCURRENCY_LIMIT = "concurrency-limit";

	private static final Set<String> KNOWN = Set.of(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, CONCURRENCY_LIMIT);

	/** The query parameter of a read that waits until it has seen a cursor. */
	private static final String WAITS_FOR_CURSOR = "seen=";

	/** Read the metadata of a route. */
	public static RouteMetadata of(Map<String, Object> metadata) {
		Object timeout = metadata.get(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR);
		long millis = (timeout != null) ? Long.parseLong(timeout.toString()) : 0;
		boolean unbounded = millis < 0;
		boolean limited = !unbounded
				&& Boolean.parseBoolean(Objects.toString(metadata.getOrDefault(CONCURRENCY_LIMIT, "true")));
		return new RouteMetadata((millis > 0) ? Duration.ofMillis(millis) : null, unbounded, limited);
	}

	/** Return whether there is nothing else in the metadata of a route. */
	public static boolean isKnown(Map<String, Object> metadata) {
		return KNOWN.containsAll(metadata.keySet());
	}

	/**
	 * Return whether a request of the route counts against the limit.
	 * @param uri path and query
	 */
	public boolean isLimited(String uri) {
		return this.limited && !uri.contains(WAITS_FOR_CURSOR);
	}

}
