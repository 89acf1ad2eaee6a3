/**
 * Asks the forecast of finishes about generated readers, whose finish is known.
 */
@NullMarked
package lectern.bench.forecast;

import org.jspecify.annotations.NullMarked;
