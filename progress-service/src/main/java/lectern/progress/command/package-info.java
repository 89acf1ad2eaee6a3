/**
 * Changes what readers read: load, decide, append.
 */
@NullMarked
package lectern.progress.command;

import org.jspecify.annotations.NullMarked;
