/** A catalog as large as wanted, the same each time. */
@NullMarked
package lectern.bench.library;

import org.jspecify.annotations.NullMarked;
