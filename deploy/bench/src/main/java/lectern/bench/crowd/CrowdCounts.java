package lectern.bench.crowd;

import java.util.Map;

/**
 * What has happened to a crowd so far.
 *
 * @param open streams that are open now: answered with 200 and not closed
 * @param connects connections made, those of who came back included
 * @param reconnects connections made by who had been answered before
 * @param connectFailures connections that could not be made
 * @param protocolErrors answers that were no HTTP
 * @param events events without a name
 * @param bytes bytes read, heads included
 * @param resets events named {@code reset}
 * @param statuses answers by their status
 * @param endReasons events named {@code end} by their reason
 */
public record CrowdCounts(int open, long connects, long reconnects, long connectFailures, long protocolErrors,
		long events, long bytes, long resets, Map<Integer, Long> statuses, Map<String, Long> endReasons) {

}
