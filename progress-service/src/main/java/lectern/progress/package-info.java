/**
 * The progress service: records what each reader reads in an append-only log of events.
 */
@NullMarked
package lectern.progress;

import org.jspecify.annotations.NullMarked;
