/**
 * The command side: loads the state, decides a command and appends the resulting events.
 */
@NullMarked
package lectern.progress.command;

import org.jspecify.annotations.NullMarked;
