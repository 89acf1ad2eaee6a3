package lectern.catalog.importing;

import java.util.LinkedHashSet;
import java.util.Set;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookFingerprints;
import lectern.catalog.book.Slug;
import lectern.catalog.importing.list.ListItem;
import lectern.catalog.importing.list.ListParser;
import lectern.catalog.importing.list.ParsedLine.InvalidItem;
import lectern.catalog.importing.list.ParsedLine.NotAnItem;
import lectern.catalog.importing.list.TextSanitizer;
import org.jspecify.annotations.Nullable;

/** Reads one list into valid books, line by line. Not for several threads. */
final class ListLineReader implements LineReader {

	/** Holds the head of the log for some 20 ms. */
	private static final int BATCH_SIZE = 100;

	private final ListParser parser = new ListParser();

	private final @Nullable String language;

	private final BookFingerprints fingerprints;

	private final BookRules rules;

	ListLineReader(@Nullable String language, BookFingerprints keys, BookRules rules) {
		this.language = language;
		this.fingerprints = keys;
		this.rules = rules;
	}

	@Override
	public @Nullable ImportLine read(RawLine line) {
		if (line.fault() != null) {
			return new RefusedLine(line.number(), line.fault(), line.text());
		}
		return switch (this.parser.parse(line.text(), line.number())) {
			case NotAnItem _ -> null;
			case InvalidItem refused -> new RefusedLine(refused.line(), refused.reason(), refused.text());
			case ListItem item -> book(item, TextSanitizer.printable(line.text(), RefusedLine.MAX_TEXT_LENGTH));
		};
	}

	/**
	 * Another edition is the book of the item above it, if it has no place of its own.
	 */
	private Set<String> fingerprints(BookContent content, ListItem item) {
		Set<String> found = new LinkedHashSet<>(this.fingerprints.of(content));
		if (item.editionOf() != null) {
			found.addAll(this.fingerprints.of(ListedBook.content(item.editionOf(), this.language)));
		}
		return found;
	}

	@Override
	public int batchSize() {
		return BATCH_SIZE;
	}

	private ImportLine book(ListItem item, String text) {
		BookContent content = ListedBook.content(item, this.language);
		String objection = this.rules.findViolation(content);
		return (objection != null) ? new RefusedLine(item.line(), objection, text)
				: new ListedBook(item.line(), text, content, fingerprints(content, item), Slug.of(content.title()));
	}

}
