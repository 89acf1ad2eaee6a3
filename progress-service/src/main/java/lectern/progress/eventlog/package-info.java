/**
 * The event log: append-only streams of events with versions, global positions and stored
 * type names. It does not depend on the domain model. Only this package names the table
 * of events.
 */
@NullMarked
package lectern.progress.eventlog;

import org.jspecify.annotations.NullMarked;
