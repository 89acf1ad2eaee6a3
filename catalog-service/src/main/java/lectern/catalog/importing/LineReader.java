package lectern.catalog.importing;

import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;

/** Parses the lines of one body, in their order. Not thread-safe. */
interface LineReader {

	/** Parse the next line; null if it holds no document and is not counted. */
	@Nullable ImportLine read(RawLine line);

	/** The number of lines in a batch, if the lines have the usual length. */
	int batchSize();

}
