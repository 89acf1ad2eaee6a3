package lectern.catalog.importing;

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
final class ListReader {

	private static final int SHOWN = 200;

	private final ListParser parser = new ListParser();

	private final @Nullable String language;

	private final BookKeys keys;

	private final BookRules rules;

	ListReader(@Nullable String language, BookKeys keys, BookRules rules) {
		this.language = language;
		this.keys = keys;
		this.rules = rules;
	}

	/** What the next line brings; null if it has no book and does not try to. */
	@Nullable CountedLine read(Line line) {
		if (line.fault() != null) {
			return new Refusal(line.number(), line.fault(), line.text());
		}
		return switch (this.parser.parse(line.text(), line.number())) {
			case Nothing _ -> null;
			case Refused refused -> new Refusal(refused.line(), refused.reason(), refused.text());
			case ListItem item -> book(item, PlainText.printable(line.text(), SHOWN));
		};
	}

	private CountedLine book(ListItem item, String text) {
		BookContent content = ListedBook.content(item, this.language);
		String objection = this.rules.objection(content);
		return (objection != null) ? new Refusal(item.line(), objection, text)
				: new ListedBook(item.line(), text, content, this.keys.of(content), Slug.of(content.title()));
	}

}
