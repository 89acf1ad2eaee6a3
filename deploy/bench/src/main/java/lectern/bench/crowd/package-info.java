/**
 * A crowd of subscribers to event streams, thousands of them on one thread.
 */
@NullMarked
package lectern.bench.crowd;

import org.jspecify.annotations.NullMarked;
