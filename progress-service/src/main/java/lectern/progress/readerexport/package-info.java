/** Everything that Lectern knows of a reader, as NDJSON. */
@NullMarked
package lectern.progress.readerexport;

import org.jspecify.annotations.NullMarked;
