/** SSE streams of a reader's events: live, and replayed from the log. */
@NullMarked
package lectern.progress.stream;

import org.jspecify.annotations.NullMarked;
