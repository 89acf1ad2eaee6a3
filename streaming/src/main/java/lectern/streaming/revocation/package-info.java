/**
 * Which sessions have ended: the internal stream in which progress-service tells it, and
 * its follower in the other services. Depends on the packages before it.
 */
@NullMarked
package lectern.streaming.revocation;

import org.jspecify.annotations.NullMarked;
