/**
 * The JSON forms of readings, shared by responses, read models and streams, and folded
 * from stored events.
 */
@NullMarked
package lectern.progress.representation;

import org.jspecify.annotations.NullMarked;
