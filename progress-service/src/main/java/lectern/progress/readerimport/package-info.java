/** Imports of what {@code readerexport} exports, by an operator. */
@NullMarked
package lectern.progress.readerimport;

import org.jspecify.annotations.NullMarked;
