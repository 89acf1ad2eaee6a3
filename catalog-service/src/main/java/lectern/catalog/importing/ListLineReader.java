package lectern.catalog.importing;

import java.util.LinkedHashSet;
import java.util.Set;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookDeduplication;
import lectern.catalog.book.Slug;
import lectern.catalog.importing.booklist.ListItem;
import lectern.catalog.importing.booklist.ListParser;
import lectern.catalog.importing.booklist.ParsedLine.InvalidItem;
import lectern.catalog.importing.booklist.ParsedLine.NotAnItem;
import lectern.catalog.importing.booklist.TextSanitizer;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;

/** Parses the lines of one Markdown list into valid books. Not thread-safe. */
final class ListLineReader implements LineReader {

	/** A batch of this size locks the head of the log for about 20 ms. */
	private static final int BATCH_SIZE = 100;

	private final ListParser parser = new ListParser();

	private final @Nullable String language;

	private final BookRules rules;

	ListLineReader(@Nullable String language, BookRules rules) {
		this.language = language;
		this.rules = rules;
	}

	@Override
	public @Nullable ImportLine read(RawLine line) {
		if (line.fault() != null) {
			return new RefusedLine(line.number(), line.fault(),
					TextSanitizer.printable(line.text(), RefusedLine.MAX_TEXT_LENGTH));
		}
		return switch (this.parser.parse(line.text(), line.number())) {
			case NotAnItem _ -> null;
			case InvalidItem refused -> new RefusedLine(refused.line(), refused.reason(), refused.text());
			case ListItem item -> book(item, TextSanitizer.printable(line.text(), RefusedLine.MAX_TEXT_LENGTH));
		};
	}

	/**
	 * A nested edition also has the fingerprints of the item above it, so that it is
	 * merged into that book unless its own fingerprints find another one.
	 */
	private Set<String> fingerprints(BookContent content, ListItem item) {
		Set<String> all = new LinkedHashSet<>(BookDeduplication.fingerprints(content));
		if (item.editionOf() != null) {
			all.addAll(BookDeduplication.fingerprints(ListedBook.content(item.editionOf(), this.language)));
		}
		return all;
	}

	@Override
	public int batchSize() {
		return BATCH_SIZE;
	}

	private ImportLine book(ListItem item, String text) {
		BookContent content = ListedBook.content(item, this.language);
		String violation = this.rules.findViolation(content);
		return (violation != null) ? new RefusedLine(item.line(), violation, text)
				: new ListedBook(item.line(), text, content, fingerprints(content, item), Slug.of(content.title()));
	}

}
