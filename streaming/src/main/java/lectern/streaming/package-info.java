/**
 * Server-Sent Events from a log: whoever subscribes gets every committed event after the
 * cursor it names, once, in order, and then live. Knows nothing of books or readers.
 */
@NullMarked
package lectern.streaming;

import org.jspecify.annotations.NullMarked;
