/**
 * What was measured, and the file it is kept in.
 */
@NullMarked
package lectern.bench.report;

import org.jspecify.annotations.NullMarked;
