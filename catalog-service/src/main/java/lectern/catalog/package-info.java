/** The catalog: books, the ways to read them for free, and paths through them. */
@NullMarked
package lectern.catalog;

import org.jspecify.annotations.NullMarked;
