/**
 * Live streams: a ring of encoded frames that is broadcast to the connections of each
 * event loop.
 */
@NullMarked
package lectern.streaming.live;

import org.jspecify.annotations.NullMarked;
