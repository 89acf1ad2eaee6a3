/** The export: the whole catalog as of one cursor, which another catalog can import. */
@NullMarked
package lectern.catalog.export;

import org.jspecify.annotations.NullMarked;
