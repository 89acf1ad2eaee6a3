package lectern.catalog.importing;

import jakarta.validation.Validator;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookFingerprints;
import lectern.catalog.book.Books;
import lectern.catalog.learningpath.PathContent;
import lectern.web.JsonDocumentReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Makes a reader for each body. */
@Component
class LineReaderFactory {

	private final Books books;

	private final BookFingerprints fingerprints;

	private final BookRules rules;

	private final JsonDocumentReader documents;

	private final DocumentHeaderReader headers;

	LineReaderFactory(Books books, BookFingerprints keys, BookRules rules, JsonMapper mapper, Validator validator) {
		this.books = books;
		this.fingerprints = keys;
		this.rules = rules;
		this.documents = new JsonDocumentReader(lineMapper(mapper), validator);
		this.headers = new DocumentHeaderReader(mapper);
	}

	/** What reads a document where a line has more than its content. */
	static JsonMapper lineMapper(JsonMapper mapper) {
		return mapper.rebuild()
			.addMixIn(BookContent.class, DocumentHeaderMixIn.class)
			.addMixIn(PathContent.class, DocumentHeaderMixIn.class)
			.build();
	}

	/**
	 * For the Markdown of a list.
	 * @param language of its books, a BCP 47 tag; null if it is not known
	 */
	LineReader list(@Nullable String language) {
		return new ListLineReader(language, this.fingerprints, this.rules);
	}

	/** For NDJSON of books and paths. */
	LineReader documents() {
		return new DocumentLineReader(this.documents, this.headers, this.books::serialize);
	}

}
