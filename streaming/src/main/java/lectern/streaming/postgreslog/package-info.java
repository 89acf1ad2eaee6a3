/**
 * A log in PostgreSQL: how it is appended to in one order, followed, and kept from losing
 * what it has acknowledged.
 */
@NullMarked
package lectern.streaming.postgreslog;

import org.jspecify.annotations.NullMarked;
