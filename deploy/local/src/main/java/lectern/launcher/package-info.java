/**
 * Runs the whole of Lectern on one machine: an embedded PostgreSQL with its durability on
 * and the three services, each a process of its own, supervised and stopped in order.
 */
@NullMarked
package lectern.launcher;

import org.jspecify.annotations.NullMarked;
