package lectern.catalog.importing;

import java.util.LinkedHashSet;
import java.util.Set;

import lectern.catalog.importing.markdown.ListItem;
import lectern.catalog.importing.markdown.ListParser;
import lectern.catalog.importing.markdown.PlainText;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookKeys;
import lectern.catalog.book.Slug;
import lectern.catalog.importing.markdown.ParsedLine.Nothing;
import lectern.catalog.importing.markdown.ParsedLine.Refused;
import org.jspecify.annotations.Nullable;

/** Reads one list into valid books, line by line. Not for several threads. */
final class ListReader implements LineReader {

	/** Holds the head of the log for some 20 ms. */
	private static final int BATCH = 100;

	private final ListParser parser = new ListParser();

	private final @Nullable String language;

	private final BookKeys keys;

	private final BookRules rules;

	ListReader(@Nullable String language, BookKeys keys, BookRules rules) {
		this.language = language;
		this.keys = keys;
		this.rules = rules;
	}

	@Override
	public @Nullable CountedLine read(Line line) {
		if (line.fault() != null) {
			return new Refusal(line.number(), line.fault(), line.text());
		}
		return switch (this.parser.parse(line.text(), line.number())) {
			case Nothing _ -> null;
			case Refused refused -> new Refusal(refused.line(), refused.reason(), refused.text());
			case ListItem item -> book(item, PlainText.printable(line.text(), Refusal.SHOWN));
		};
	}

	/**
	 * Another edition is the book of the item above it, if it has no place of its own.
	 */
	private Set<String> keys(BookContent content, ListItem item) {
		Set<String> found = new LinkedHashSet<>(this.keys.of(content));
		if (item.editionOf() != null) {
			found.addAll(this.keys.of(ListedBook.content(item.editionOf(), this.language)));
		}
		return found;
	}

	@Override
	public int batch() {
		return BATCH;
	}

	private CountedLine book(ListItem item, String text) {
		BookContent content = ListedBook.content(item, this.language);
		String objection = this.rules.objection(content);
		return (objection != null) ? new Refusal(item.line(), objection, text)
				: new ListedBook(item.line(), text, content, keys(content, item), Slug.of(content.title()));
	}

}
