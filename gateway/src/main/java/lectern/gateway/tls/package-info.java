/**
 * TLS of the gateway: which certificate it has, and that a renewed one is used without a
 * restart.
 */
@NullMarked
package lectern.gateway.tls;

import org.jspecify.annotations.NullMarked;
