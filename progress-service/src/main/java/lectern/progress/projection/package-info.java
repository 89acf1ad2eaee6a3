/**
 * Keeps views up with the log: each is told every event once, remembers how far it has
 * come, and can be dropped and built anew while it is served.
 */
@NullMarked
package lectern.progress.projection;

import org.jspecify.annotations.NullMarked;
