/**
 * What each reader reads, as an append-only log of events.
 */
@NullMarked
package lectern.progress;

import org.jspecify.annotations.NullMarked;
