/**
 * When a reading will be finished, from its pace: estimated from places and instants, of
 * the JDK alone.
 */
@NullMarked
package lectern.progress.forecast;

import org.jspecify.annotations.NullMarked;
