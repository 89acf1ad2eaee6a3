/**
 * A replay of the past: committed events again, paced by when they were received.
 */
@NullMarked
package lectern.streaming.replay;

import org.jspecify.annotations.NullMarked;
