/**
 * The state of readers on their learning paths, computed from three sources: the events
 * of the path, the path as the catalog has it, and the books that the reader has
 * finished.
 */
@NullMarked
package lectern.progress.pathprogress;

import org.jspecify.annotations.NullMarked;
