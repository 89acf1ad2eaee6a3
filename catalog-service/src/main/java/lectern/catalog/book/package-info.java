/** Books: their documents, their ids, deduplication, and reading and writing them. */
@NullMarked
package lectern.catalog.book;

import org.jspecify.annotations.NullMarked;
