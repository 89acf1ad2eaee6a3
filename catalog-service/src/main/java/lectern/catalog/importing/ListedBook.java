package lectern.catalog.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.catalog.importing.markdown.Link;
import lectern.catalog.importing.markdown.ListItem;
import lectern.catalog.importing.markdown.NormalizedUrl;
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

	/** What an item says of its book. */
	static BookContent content(ListItem item, @Nullable String language) {
		Integer year = item.year();
		return new BookContent(item.title(), List.of(), item.authors(), item.topics(), null, language, null, List.of(),
				null, (year != null) ? List.of(new Edition(null, year, null, null, null, null)) : List.of(),
				access(item));
	}

	private static List<FreeAccess> access(ListItem item) {
		Map<NormalizedUrl, FreeAccess> access = new LinkedHashMap<>();
		for (Link link : item.links()) {
			boolean archived = link.archived() || (item.archived() && link == item.links().getFirst());
			access.putIfAbsent(NormalizedUrl.of(link.url()),
					new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, link.url(), condition(link, item),
							link.formats().isEmpty() ? null : String.join(", ", link.formats()), item.licence(),
							archived ? FreeAccess.State.ARCHIVED : null, null));
		}
		return List.copyOf(access.values());
	}

	/** What else is behind the link than the book, and what it takes to read it. */
	private static @Nullable String condition(Link link, ListItem item) {
		String label = (link.label() != null) ? PlainText.cut(link.label(), LONGEST_LABEL) : null;
		String words = Stream.of(label, item.condition(), item.inProcess() ? "still being written" : null)
			.filter(Objects::nonNull)
			.collect(Collectors.joining("; "));
		return words.isEmpty() ? null : words;
	}

	Refusal refused(String reason) {
		return new Refusal(this.line, reason, this.text);
	}

}
