/** Learning paths: gates in an order, and the books that pass them. */
@NullMarked
package lectern.catalog.path;

import org.jspecify.annotations.NullMarked;
