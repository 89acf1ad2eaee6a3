package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import lectern.catalog.book.NormalizedTitle;
import lectern.catalog.book.NormalizedUrl;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a book what a list knows of it. Nothing that is there is lost or overwritten:
 * other ways to it, other topics and other titles come after those there are.
 */
final class BookMerge {

	private BookMerge() {
	}

	/** The book with what is new, equal to the book if nothing is. */
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

	/** An edition is new if there is none that has all that is said of it. */
	private static List<Edition> editions(List<Edition> there, List<Edition> listed) {
		List<Edition> editions = new ArrayList<>(there);
		listed.stream()
			.filter((one) -> editions.stream().noneMatch((known) -> covers(known, one)))
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

	/**
	 * Whether what a key has found can be the same book: one address may serve a book and
	 * its translation, which have neither language nor title in common. Asks only for
	 * what a merge leaves as it is, so that the answer is the same the next time.
	 */
	static boolean canBeSameBook(BookContent book, BookContent listed) {
		return isSameLanguage(book.language(), listed.language())
				|| NormalizedTitle.of(book.title()).equals(NormalizedTitle.of(listed.title()));
	}

	private static boolean isSameLanguage(@Nullable String language, @Nullable String other) {
		return language == null || other == null || primary(language).equals(primary(other));
	}

	private static String primary(String language) {
		return language.toLowerCase(Locale.ROOT).split("-", 2)[0];
	}

	private static NormalizedUrl address(FreeAccess access) {
		return NormalizedUrl.of(access.url());
	}

	private static <T, K> List<T> union(List<T> there, List<T> more, Function<T, K> key) {
		List<T> union = new ArrayList<>(there);
		var known = there.stream().map(key).collect(Collectors.toSet());
		more.stream().filter((one) -> known.add(key.apply(one))).forEach(union::add);
		return union;
	}

}
