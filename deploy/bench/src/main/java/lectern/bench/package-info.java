/**
 * Measures Lectern beside reference servers on one machine.
 */
@NullMarked
package lectern.bench;

import org.jspecify.annotations.NullMarked;
