/**
 * The short way of regular requests to a service: past Spring's filters and handlers, on
 * the event loop of the client's connection. Everything else takes the ordinary way
 * through Spring Cloud Gateway, whose routes apply to both.
 */
@NullMarked
package lectern.gateway.relay;

import org.jspecify.annotations.NullMarked;
