/**
 * The gateway: security, problem pages and filters that the routes in
 * {@code application.yml} cannot express.
 */
@NullMarked
package lectern.gateway;

import org.jspecify.annotations.NullMarked;
