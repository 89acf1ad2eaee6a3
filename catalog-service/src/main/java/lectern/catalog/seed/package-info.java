/** The first books and their path in a new catalog. */
@NullMarked
package lectern.catalog.seed;

import org.jspecify.annotations.NullMarked;
