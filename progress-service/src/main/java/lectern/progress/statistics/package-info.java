/** Statistics of how much a reader has read, and when. */
@NullMarked
package lectern.progress.statistics;

import org.jspecify.annotations.NullMarked;
