/**
 * How readers stand on their paths: from what happened there, the path as the catalog has
 * it, and the books that are finished.
 */
@NullMarked
package lectern.progress.pathprogress;

import org.jspecify.annotations.NullMarked;
