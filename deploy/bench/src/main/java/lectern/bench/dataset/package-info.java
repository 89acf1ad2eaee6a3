/** A catalog as large as wanted, the same each time. */
@NullMarked
package lectern.bench.dataset;

import org.jspecify.annotations.NullMarked;
