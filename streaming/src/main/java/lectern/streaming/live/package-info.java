/**
 * A live stream: one ring of encoded frames, broadcast to the subscribers of each event
 * loop.
 */
@NullMarked
package lectern.streaming.live;

import org.jspecify.annotations.NullMarked;
