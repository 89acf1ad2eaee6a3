/**
 * Replays: finite streams of past events, paced by the times at which they were received.
 */
@NullMarked
package lectern.streaming.replay;

import org.jspecify.annotations.NullMarked;
