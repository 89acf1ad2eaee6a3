/**
 * What the system knows of processes and of itself.
 */
@NullMarked
package lectern.bench.machine;

import org.jspecify.annotations.NullMarked;
