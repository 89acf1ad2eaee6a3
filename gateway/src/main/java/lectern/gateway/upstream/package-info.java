/**
 * What protects the gateway and the services from each other, the same on both ways of a
 * request and for streams: the addresses of each service, their circuit breakers and
 * health checks, the limit of concurrent requests, and the budget of retries.
 */
@NullMarked
package lectern.gateway.upstream;

import org.jspecify.annotations.NullMarked;
