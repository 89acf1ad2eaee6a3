package lectern.catalog.export;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lectern.catalog.book.BookContent;
import lectern.catalog.learningpath.PathContent;

/**
 * A line of an export, which an import takes. What a catalog adds to a document, its
 * version and its instants, are each catalog's own and stay behind.
 */
sealed interface ExportLine {

	/** A book whole. */
	record BookLine(String type, String id, @JsonUnwrapped BookContent content) implements ExportLine {
	}

	/** A path whole. */
	record PathLine(String type, String id, @JsonUnwrapped PathContent content) implements ExportLine {
	}

}
