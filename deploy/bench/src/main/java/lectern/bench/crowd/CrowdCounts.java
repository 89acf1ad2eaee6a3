package lectern.bench.crowd;

import java.util.Map;

/**
 * The counts of a crowd at one moment.
 *
 * @param open streams that are open now: answered with 200 and not closed
 * @param connects established connections, including reconnects
 * @param reconnects connections of subscribers whose stream had been open before
 * @param connectFailures connections that could not be established
 * @param protocolErrors responses that are not valid HTTP
 * @param events events without a name
 * @param bytes bytes read, including response heads
 * @param resets events named {@code reset}
 * @param statuses responses by status code
 * @param endReasons events named {@code end} by reason
 */
public record CrowdCounts(int open, long connects, long reconnects, long connectFailures, long protocolErrors,
		long events, long bytes, long resets, Map<Integer, Long> statuses, Map<String, Long> endReasons) {

}
