package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import lectern.catalog.book.NormalizedUrl;
import lectern.catalog.importing.booklist.AccessKind;
import lectern.catalog.importing.booklist.ItemLink;
import lectern.catalog.importing.booklist.ListItem;
import lectern.catalog.importing.booklist.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A book made of an item of a Markdown list.
 *
 * @param line the 1-based line number
 * @param text the beginning of the line, printable, to be shown in a refusal
 * @param content satisfies the bean constraints
 * @param fingerprints to find the same book in the catalog, the most specific first
 * @param slug the id of the book if it is new and the id is free
 */
record ListedBook(int line, String text, BookContent content, Set<String> fingerprints,
		String slug) implements ImportLine {

	private static final int MAX_LABEL_LENGTH = 200;

	private static final int MAX_CONDITION_LENGTH = 1000;

	/** Convert an item to the content of a book. */
	static BookContent content(ListItem item, @Nullable String language) {
		return new BookContent(item.title(), List.of(), item.authors(), item.topics(), null, language, null, List.of(),
				null, editions(item), access(item));
	}

	private static List<Edition> editions(ListItem item) {
		String label = item.editionLabel();
		return (label == null && item.year() == null) ? List.of()
				: List.of(new Edition((label != null) ? TextSanitizer.truncate(label, MAX_LABEL_LENGTH) : null,
						item.year(), null, null, null, null));
	}

	private static List<FreeAccess> access(ListItem item) {
		Map<NormalizedUrl, FreeAccess> access = new LinkedHashMap<>();
		for (ItemLink link : item.links()) {
			boolean first = link == item.links().getFirst();
			FreeAccess.LinkState state = (first && item.dead()) ? FreeAccess.LinkState.DEAD
					: (link.isArchived() || (first && item.archived())) ? FreeAccess.LinkState.ARCHIVED : null;
			access.putIfAbsent(NormalizedUrl.of(link.url()),
					new FreeAccess(kind(link, item), link.url(), condition(link, item),
							link.formats().isEmpty() ? null : String.join(", ", link.formats()), item.licence(), state,
							null));
		}
		return List.copyOf(access.values());
	}

	private static FreeAccess.Kind kind(ItemLink link, ListItem item) {
		if (link.isSourceCode()) {
			return FreeAccess.Kind.CODE;
		}
		return switch ((link == item.links().getFirst()) ? item.accessKind() : AccessKind.FULL) {
			case FULL -> FreeAccess.Kind.OPEN_ACCESS;
			case SAMPLE -> FreeAccess.Kind.SAMPLE;
			case TRIAL -> FreeAccess.Kind.TRIAL;
			case LOAN -> FreeAccess.Kind.LIBRARY_LOAN;
		};
	}

	/** Join the label of the link, the notes of the item and its sign-up condition. */
	private static @Nullable String condition(ItemLink link, ListItem item) {
		List<String> words = new ArrayList<>();
		if (link.label() != null) {
			words.add(TextSanitizer.truncate(link.label(), MAX_LABEL_LENGTH));
		}
		if (link == item.links().getFirst()) {
			// The book has another title: say which edition the link leads to.
			if (item.editionOf() != null) {
				words.add(TextSanitizer.truncate(item.title(), MAX_LABEL_LENGTH));
			}
			words.addAll(item.notes());
		}
		if (item.condition() != null) {
			words.add(item.condition());
		}
		if (item.inProgress()) {
			words.add("still being written");
		}
		return words.isEmpty() ? null : TextSanitizer.truncate(String.join("; ", words), MAX_CONDITION_LENGTH);
	}

	@Override
	public int size() {
		return this.text.length();
	}

	RefusedLine refuse(String reason) {
		return new RefusedLine(this.line, reason, this.text);
	}

}
