/** Books: their documents, how they are found and how they are written. */
@NullMarked
package lectern.catalog.book;

import org.jspecify.annotations.NullMarked;
