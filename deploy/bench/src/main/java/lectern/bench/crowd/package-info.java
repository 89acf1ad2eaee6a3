/**
 * A crowd of subscribers to event streams: thousands of connections on one event loop.
 */
@NullMarked
package lectern.bench.crowd;

import org.jspecify.annotations.NullMarked;
