package lectern.catalog.importing.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import lectern.catalog.importing.list.ParsedLine.InvalidItem;
import lectern.catalog.importing.list.ParsedLine.NotAnItem;
import org.jspecify.annotations.Nullable;

/**
 * Reads one list in the Markdown of free-programming-books, line by line. Keeps only what
 * later lines need: the headings above, and the item that others are nested under. One
 * that is nested is another edition if it has the title and an author of the one above,
 * else a book of its own: a part, or something near it. One parser a list, not for
 * several threads. Throws nothing, whatever the line.
 */
public final class ListParser {

	/** The longest item of the real lists has 579. */
	static final int MAX_LINE = 10_000;

	private static final int MAX_TITLE = 500;

	private static final int MAX_PARTS = 100;

	/** Lists number the sections that are to come first. */
	private static final Pattern SECTION_NUMBER = Pattern.compile("^[0-9]{1,3} - ");

	private final @Nullable String[] headings = new @Nullable String[7];

	private int commentOpenedAt;

	private boolean titled;

	/** The item that others may be nested under. */
	private @Nullable ListItem parent;

	private int parentIndent;

	/**
	 * Takes the next line.
	 * @param text the line without its line end
	 * @param number its 1-based number
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
		// A document may begin with its own name; below level 2 none does.
		boolean topic = this.titled || line.level() > 2;
		this.headings[line.level()] = (topic && !heading.isEmpty()) ? heading : null;
		this.titled = true;
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

	/** What an item is whatever stands above it. */
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
