/**
 * A log of events as streams and followers see it: cursors, events, where they are read
 * from.
 */
@NullMarked
package lectern.streaming.log;

import org.jspecify.annotations.NullMarked;
