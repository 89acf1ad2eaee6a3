/**
 * Views of the log, each kept by its projection.
 */
@NullMarked
package lectern.progress.query;

import org.jspecify.annotations.NullMarked;
