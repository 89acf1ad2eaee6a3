/**
 * What is shown to a client of a reading: one shape for answers, views and streams,
 * folded from stored events.
 */
@NullMarked
package lectern.progress.representation;

import org.jspecify.annotations.NullMarked;
