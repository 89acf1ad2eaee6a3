package lectern.catalog.importing;

import jakarta.validation.Validator;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookKeys;
import lectern.catalog.book.Books;
import lectern.catalog.path.PathContent;
import lectern.web.StrictContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Makes a reader for each body. */
@Component
class LineReaders {

	private final Books books;

	private final BookKeys keys;

	private final BookRules rules;

	private final StrictContent documents;

	private final LabelReader labels;

	LineReaders(Books books, BookKeys keys, BookRules rules, JsonMapper mapper, Validator validator) {
		this.books = books;
		this.keys = keys;
		this.rules = rules;
		this.documents = new StrictContent(ofLines(mapper), validator);
		this.labels = new LabelReader(mapper);
	}

	/** What reads a document where a line has more than its content. */
	static JsonMapper ofLines(JsonMapper mapper) {
		return mapper.rebuild()
			.addMixIn(BookContent.class, Labelled.class)
			.addMixIn(PathContent.class, Labelled.class)
			.build();
	}

	/**
	 * For the Markdown of a list.
	 * @param language of its books, a BCP 47 tag; null if it is not known
	 */
	LineReader list(@Nullable String language) {
		return new ListReader(language, this.keys, this.rules);
	}

	/** For NDJSON of books and paths. */
	LineReader documents() {
		return new DocumentReader(this.documents, this.labels, this.books::prepare);
	}

}
