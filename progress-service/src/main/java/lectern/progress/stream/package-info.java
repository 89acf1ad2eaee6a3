/**
 * The streams that tell of events as they are committed.
 */
@NullMarked
package lectern.progress.stream;

import org.jspecify.annotations.NullMarked;
