/**
 * The streams of the services, as the gateway gives them to its clients: one upstream for
 * each shared stream, a relay for each private one.
 */
@NullMarked
package lectern.gateway.stream;

import org.jspecify.annotations.NullMarked;
