/**
 * Runs Lectern on one machine: an embedded PostgreSQL with all durability settings on and
 * the three services. Each is a separate process, which the launcher restarts when it
 * fails and stops in order.
 */
@NullMarked
package lectern.launcher;

import org.jspecify.annotations.NullMarked;
