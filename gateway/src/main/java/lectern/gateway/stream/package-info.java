/**
 * The streams of the services as the gateway serves them: one upstream subscription for
 * each shared stream, a relay for each client of a private one.
 */
@NullMarked
package lectern.gateway.stream;

import org.jspecify.annotations.NullMarked;
