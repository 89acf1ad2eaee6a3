/**
 * The rows of the table of budgets, each measured by itself.
 */
@NullMarked
package lectern.bench.scenario;

import org.jspecify.annotations.NullMarked;
