/**
 * One line for each answered request and for each ended stream, in a log of its own. What
 * a client sends is in none of them, but for a valid id of the request.
 */
@NullMarked
package lectern.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
