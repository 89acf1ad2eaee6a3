/**
 * The streams that tell of events as they are committed.
 */
@NullMarked
package lectern.progress.live;

import org.jspecify.annotations.NullMarked;
