package lectern.catalog.export;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lectern.catalog.book.BookContent;
import lectern.catalog.learningpath.PathContent;

/**
 * A line of an export, which an import accepts. Version and timestamps are not exported,
 * because each catalog assigns its own.
 */
sealed interface ExportLine {

	/** A whole book. */
	record BookLine(String type, String id, @JsonUnwrapped BookContent content) implements ExportLine {
	}

	/** A whole learning path. */
	record PathLine(String type, String id, @JsonUnwrapped PathContent content) implements ExportLine {
	}

}
