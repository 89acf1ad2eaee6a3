package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import lectern.catalog.importing.booklist.ParsedLine.InvalidItem;
import lectern.catalog.importing.booklist.ParsedLine.NotAnItem;
import org.jspecify.annotations.Nullable;

/**
 * Parses a list in the Markdown of free-programming-books, line by line. It keeps only
 * the headings above and the item under which others are nested. A nested item is another
 * edition if it has the title and an author of the item above, otherwise a separate book.
 * One instance per list; not thread-safe. No line makes it throw an exception.
 */
public final class ListParser {

	/** In characters. The longest item of the real lists has 579. */
	static final int MAX_LINE = 10_000;

	private static final int MAX_TITLE = 500;

	private static final int MAX_PARTS = 100;

	/** Some lists number a section to sort it first. */
	private static final Pattern SECTION_NUMBER = Pattern.compile("^[0-9]{1,3} - ");

	private final @Nullable String[] headings = new @Nullable String[7];

	private int commentOpenedAt;

	private boolean hadHeading;

	/** The item under which the next ones may be nested. */
	private @Nullable ListItem parent;

	private int parentIndent;

	/**
	 * Parse the next line.
	 * @param text the line without its line end
	 * @param number the 1-based line number
	 */
	public ParsedLine parse(String text, int number) {
		ListLine line = ListLine.of(text);
		if (TextSanitizer.hasControlCharacters(text)) {
			return invalid(line, number, "The line contains control characters.");
		}
		if (this.commentOpenedAt > 0) {
			return insideComment(line, number);
		}
		return switch (line.kind()) {
			case COMMENT -> {
				this.commentOpenedAt = line.closesComment() ? 0 : number;
				yield NotAnItem.NOT_AN_ITEM;
			}
			case HEADING -> {
				heading(line);
				yield NotAnItem.NOT_AN_ITEM;
			}
			case ITEM -> item(line, number);
			case OTHER -> NotAnItem.NOT_AN_ITEM;
		};
	}

	private ParsedLine insideComment(ListLine line, int number) {
		int opened = this.commentOpenedAt;
		if (line.closesComment()) {
			this.commentOpenedAt = 0;
		}
		return (line.kind() == ListLine.LineKind.ITEM)
				? invalid(line, number, "The line is inside a comment that starts on line " + opened + ".")
				: NotAnItem.NOT_AN_ITEM;
	}

	private void heading(ListLine line) {
		String heading = TextSanitizer.truncate(Inline.plain(TextSanitizer.truncate(line.content(), MAX_LINE)),
				MAX_TITLE);
		heading = SECTION_NUMBER.matcher(heading).replaceFirst("");
		Arrays.fill(this.headings, line.level(), this.headings.length, null);
		// The first heading may be the title of the document, but only at level 1 or 2.
		boolean topic = this.hadHeading || line.level() > 2;
		this.headings[line.level()] = (topic && !heading.isEmpty()) ? heading : null;
		this.hadHeading = true;
		this.parent = null;
	}

	private ParsedLine item(ListLine line, int number) {
		ParsedLine parsed = parseItem(line, number);
		ListItem parent = this.parent;
		if (parent != null && line.indent() > this.parentIndent) {
			return (parsed instanceof ListItem item && item.isEditionOf(parent)) ? item.asEditionOf(parent) : parsed;
		}
		this.parent = (parsed instanceof ListItem item) ? item : null;
		this.parentIndent = line.indent();
		return parsed;
	}

	/** Parse an item without regard to the item above it. */
	private ParsedLine parseItem(ListLine line, int number) {
		String content = line.content();
		if (content.length() > MAX_LINE) {
			return invalid(line, number, "The line is longer than 10,000 characters.");
		}
		if (content.indexOf(TextSanitizer.REPLACEMENT) >= 0) {
			return invalid(line, number, "The line contains bytes that are not UTF-8.");
		}
		Inline inline = Inline.scan(content);
		if (inline.anchors().isEmpty()) {
			return invalid(line, number, "The line has no link.");
		}
		Inline.Anchor title = inline.anchors().getFirst();
		if (title.destination().startsWith("#")) {
			return NotAnItem.NOT_AN_ITEM;
		}
		String url = LinkDestination.toUrl(title.destination());
		if (url == null) {
			return invalid(line, number, LinkDestination.rejectionReason(title.destination()));
		}
		if (title.label().isEmpty()) {
			return invalid(line, number, "The link has no title.");
		}
		if (title.label().length() > MAX_TITLE) {
			return invalid(line, number, "The title is longer than 500 characters.");
		}
		ListItem item = new ListItemParser(inline).parse(number, url, topics());
		return (item.contributors().size() + item.links().size() + item.notes().size() <= MAX_PARTS) ? item
				: invalid(line, number, "The line has more than 100 names, links and notes.");
	}

	private List<String> topics() {
		List<String> topics = new ArrayList<>();
		for (int level = 1; level < this.headings.length; level++) {
			String heading = this.headings[level];
			if (heading != null) {
				topics.add(heading);
			}
		}
		return topics;
	}

	private static InvalidItem invalid(ListLine line, int number, String reason) {
		return new InvalidItem(number, reason, TextSanitizer.printable(line.text(), 200));
	}

}
