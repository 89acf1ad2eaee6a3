package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import lectern.catalog.book.NormalizedTitle;
import lectern.catalog.book.NormalizedUrl;

/**
 * Merges an item of a list into a book. Nothing is removed or overwritten: new links,
 * topics, editions and titles are appended to the existing ones.
 */
final class BookMerge {

	private BookMerge() {
	}

	/** Return the merged book; it equals the given book if the item has nothing new. */
	static BookContent merge(BookContent book, BookContent listed) {
		List<String> titles = new ArrayList<>(book.otherTitles());
		if (Stream.concat(Stream.of(book.title()), titles.stream())
			.noneMatch((title) -> NormalizedTitle.of(title).equals(NormalizedTitle.of(listed.title())))) {
			titles.add(listed.title());
		}
		return book.withMerged(titles, union(book.topics(), listed.topics(), NormalizedTitle::of),
				editions(book.editions(), listed.editions()),
				union(book.freeAccess(), listed.freeAccess(), BookMerge::address));
	}

	/** An edition is new unless an existing one has the same year and label. */
	private static List<Edition> editions(List<Edition> existing, List<Edition> listed) {
		List<Edition> editions = new ArrayList<>(existing);
		listed.stream()
			.filter((edition) -> editions.stream().noneMatch((known) -> covers(known, edition)))
			.toList()
			.forEach(editions::add);
		return editions;
	}

	private static boolean covers(Edition known, Edition listed) {
		boolean year = listed.year() == null || listed.year().equals(known.year());
		boolean label = listed.label() == null || (known.label() != null
				&& NormalizedTitle.of(known.label()).equals(NormalizedTitle.of(listed.label())));
		return year && label;
	}

	private static NormalizedUrl address(FreeAccess access) {
		return NormalizedUrl.of(access.url());
	}

	private static <T, K> List<T> union(List<T> existing, List<T> added, Function<T, K> key) {
		List<T> union = new ArrayList<>(existing);
		var known = existing.stream().map(key).collect(Collectors.toSet());
		added.stream().filter((element) -> known.add(key.apply(element))).forEach(union::add);
		return union;
	}

}
