/**
 * Server-Sent Events on the wire: frames that are written, events that are decoded.
 */
@NullMarked
package lectern.streaming.sse;

import org.jspecify.annotations.NullMarked;
