/** Learning paths: ordered gates and the books that a reader finishes to pass them. */
@NullMarked
package lectern.catalog.learningpath;

import org.jspecify.annotations.NullMarked;
