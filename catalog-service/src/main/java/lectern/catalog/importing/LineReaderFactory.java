package lectern.catalog.importing;

import jakarta.validation.Validator;
import lectern.catalog.book.BookContent;
import lectern.catalog.learningpath.PathContent;
import lectern.web.JsonDocumentReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Creates the line reader of each body. */
@Component
class LineReaderFactory {

	private final BookRules rules;

	private final JsonDocumentReader documents;

	private final DocumentHeaderReader headers;

	LineReaderFactory(BookRules rules, JsonMapper mapper, Validator validator) {
		this.rules = rules;
		this.documents = new JsonDocumentReader(lineMapper(mapper), validator);
		this.headers = new DocumentHeaderReader(mapper);
	}

	/** Create a mapper that ignores the header members of a line. */
	static JsonMapper lineMapper(JsonMapper mapper) {
		return mapper.rebuild()
			.addMixIn(BookContent.class, DocumentHeaderMixIn.class)
			.addMixIn(PathContent.class, DocumentHeaderMixIn.class)
			.build();
	}

	/**
	 * Create a reader for a Markdown list.
	 * @param language of the books, a BCP 47 tag; null if unknown
	 */
	LineReader list(@Nullable String language) {
		return new ListLineReader(language, this.rules);
	}

	/** Create a reader for NDJSON with books and paths. */
	LineReader documents() {
		return new DocumentLineReader(this.documents, this.headers);
	}

}
