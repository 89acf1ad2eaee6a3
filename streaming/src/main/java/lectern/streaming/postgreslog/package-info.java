/**
 * An event log in PostgreSQL: positions in the order of commits, notifications, and a
 * check of the database's durability settings.
 */
@NullMarked
package lectern.streaming.postgreslog;

import org.jspecify.annotations.NullMarked;
