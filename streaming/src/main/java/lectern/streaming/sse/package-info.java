/**
 * Server-Sent Events on the wire: frames to write, a decoder and a client to read them,
 * and the reasons why a connection is closed.
 */
@NullMarked
package lectern.streaming.sse;

import org.jspecify.annotations.NullMarked;
