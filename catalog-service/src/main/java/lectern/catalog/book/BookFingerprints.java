package lectern.catalog.book;

import java.util.Set;

/** Tells by what a book is recognised when a list names it again. */
@FunctionalInterface
public interface BookFingerprints {

	/** Keys of at most 1,000 bytes; two books that share one are the same. */
	Set<String> of(BookContent content);

}
