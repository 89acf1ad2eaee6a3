package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.catalog.importing.markdown.Link;
import lectern.catalog.importing.markdown.ListItem;
import lectern.catalog.importing.markdown.NormalizedUrl;
import lectern.catalog.importing.markdown.Offer;
import lectern.catalog.importing.markdown.PlainText;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import org.jspecify.annotations.Nullable;

/**
 * A book as an item of a list tells of it.
 *
 * @param line where it stands, 1-based
 * @param text the line, fit to be shown in a refusal
 * @param content valid
 * @param keys by which it may be known, the surest first
 * @param slug the id it asks for
 */
record ListedBook(int line, String text, BookContent content, Set<String> keys, String slug) implements CountedLine {

	private static final int LONGEST_LABEL = 200;

	private static final int LONGEST_CONDITION = 1000;

	/** What an item says of its book. */
	static BookContent content(ListItem item, @Nullable String language) {
		return new BookContent(item.title(), List.of(), item.authors(), item.topics(), null, language, null, List.of(),
				null, editions(item), access(item));
	}

	private static List<Edition> editions(ListItem item) {
		String label = item.editionLabel();
		return (label == null && item.year() == null) ? List.of()
				: List.of(new Edition((label != null) ? PlainText.cut(label, LONGEST_LABEL) : null, item.year(), null,
						null, null, null));
	}

	private static List<FreeAccess> access(ListItem item) {
		Map<NormalizedUrl, FreeAccess> access = new LinkedHashMap<>();
		for (Link link : item.links()) {
			boolean first = link == item.links().getFirst();
			FreeAccess.State state = (first && item.dead()) ? FreeAccess.State.DEAD
					: (link.archived() || (first && item.archived())) ? FreeAccess.State.ARCHIVED : null;
			access.putIfAbsent(NormalizedUrl.of(link.url()),
					new FreeAccess(kind(link, item), link.url(), condition(link, item),
							link.formats().isEmpty() ? null : String.join(", ", link.formats()), item.licence(), state,
							null));
		}
		return List.copyOf(access.values());
	}

	private static FreeAccess.Kind kind(Link link, ListItem item) {
		if (link.isCode()) {
			return FreeAccess.Kind.CODE;
		}
		return switch ((link == item.links().getFirst()) ? item.offer() : Offer.WHOLE) {
			case WHOLE -> FreeAccess.Kind.OPEN_ACCESS;
			case SAMPLE -> FreeAccess.Kind.SAMPLE;
			case TRIAL -> FreeAccess.Kind.TRIAL;
			case LOAN -> FreeAccess.Kind.LIBRARY_LOAN;
		};
	}

	/** What else is behind the link than the book, and what it takes to read it. */
	private static @Nullable String condition(Link link, ListItem item) {
		List<String> words = new ArrayList<>();
		if (link.label() != null) {
			words.add(PlainText.cut(link.label(), LONGEST_LABEL));
		}
		if (link == item.links().getFirst()) {
			// Which of a book's ways leads to this edition.
			if (item.editionOf() != null) {
				words.add(PlainText.cut(item.title(), LONGEST_LABEL));
			}
			words.addAll(item.notes());
		}
		if (item.condition() != null) {
			words.add(item.condition());
		}
		if (item.inProcess()) {
			words.add("still being written");
		}
		return words.isEmpty() ? null : PlainText.cut(String.join("; ", words), LONGEST_CONDITION);
	}

	@Override
	public int size() {
		return this.text.length();
	}

	Refusal refused(String reason) {
		return new Refusal(this.line, reason, this.text);
	}

}
