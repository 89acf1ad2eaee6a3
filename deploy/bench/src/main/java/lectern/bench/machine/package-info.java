/**
 * Information about the machine and about processes.
 */
@NullMarked
package lectern.bench.machine;

import org.jspecify.annotations.NullMarked;
