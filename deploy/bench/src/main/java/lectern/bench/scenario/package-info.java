/**
 * The scenarios, each of which measures some lines of the table of results.
 */
@NullMarked
package lectern.bench.scenario;

import org.jspecify.annotations.NullMarked;
