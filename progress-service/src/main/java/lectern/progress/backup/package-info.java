/**
 * What operators have to know of backups: whether the database's log is copied to them.
 */
@NullMarked
package lectern.progress.backup;

import org.jspecify.annotations.NullMarked;
