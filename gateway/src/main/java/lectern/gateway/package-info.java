/** The one door: only what the routes in {@code application.yml} cannot say. */
@NullMarked
package lectern.gateway;

import org.jspecify.annotations.NullMarked;
