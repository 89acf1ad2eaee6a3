/**
 * An append-only log of events as its followers see it: cursors, events, reading and
 * following it. Depends on no other package of this library.
 */
@NullMarked
package lectern.streaming.log;

import org.jspecify.annotations.NullMarked;
