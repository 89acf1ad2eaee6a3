/**
 * Measures Lectern and its peers side by side on one machine.
 */
@NullMarked
package lectern.bench;

import org.jspecify.annotations.NullMarked;
