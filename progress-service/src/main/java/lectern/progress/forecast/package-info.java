/**
 * Forecasts of when a reading will be finished, estimated from earlier positions and
 * their times. It uses only the JDK.
 */
@NullMarked
package lectern.progress.forecast;

import org.jspecify.annotations.NullMarked;
