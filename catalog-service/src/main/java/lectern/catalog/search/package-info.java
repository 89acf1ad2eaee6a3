/** How books are found: by words, by what they are about, and all of them in order. */
@NullMarked
package lectern.catalog.search;

import org.jspecify.annotations.NullMarked;
