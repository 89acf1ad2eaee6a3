/** A generated catalog of any size, the same in every run. */
@NullMarked
package lectern.bench.dataset;

import org.jspecify.annotations.NullMarked;
