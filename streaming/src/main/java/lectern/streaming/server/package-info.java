/**
 * Serving Server-Sent Events on Netty: admission, connections, heartbeats, timeouts,
 * drain.
 */
@NullMarked
package lectern.streaming.server;

import org.jspecify.annotations.NullMarked;
