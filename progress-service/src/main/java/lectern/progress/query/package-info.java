/** Read models of readings, kept by projections of the log, and queries of the past. */
@NullMarked
package lectern.progress.query;

import org.jspecify.annotations.NullMarked;
