/** The Markdown that the lists of free programming books are written in, line by line. */
@NullMarked
package lectern.catalog.importing.booklist;

import org.jspecify.annotations.NullMarked;
