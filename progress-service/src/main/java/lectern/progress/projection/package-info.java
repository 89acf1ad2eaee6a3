/**
 * Runs projections: each applies every event once, stores its position in the same
 * transaction, and can be deleted and rebuilt while it is served.
 */
@NullMarked
package lectern.progress.projection;

import org.jspecify.annotations.NullMarked;
