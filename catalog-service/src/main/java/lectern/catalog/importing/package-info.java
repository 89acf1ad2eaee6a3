/**
 * Reads lists of books into the catalog.
 */
@NullMarked
package lectern.catalog.importing;

import org.jspecify.annotations.NullMarked;
