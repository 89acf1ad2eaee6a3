package lectern.catalog.importing;

import org.jspecify.annotations.Nullable;

/** Reads the lines of one body, in their order. Not for several threads. */
interface LineReader {

	/** What the next line brings; null if it has nothing and does not try to. */
	@Nullable ImportLine read(RawLine line);

	/** How many of them are written together, if they are of the usual length. */
	int batchSize();

}
