/** The catalog: books, the ways to read them for free, and learning paths. */
@NullMarked
package lectern.catalog;

import org.jspecify.annotations.NullMarked;
