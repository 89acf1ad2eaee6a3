/** Learning paths: gates in an order, and the books that pass them. */
@NullMarked
package lectern.catalog.learningpath;

import org.jspecify.annotations.NullMarked;
