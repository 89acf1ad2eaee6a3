/**
 * The results of measurements and the file that stores them.
 */
@NullMarked
package lectern.bench.report;

import org.jspecify.annotations.NullMarked;
