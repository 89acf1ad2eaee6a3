package lectern.catalog.book;

import java.util.List;

import reactor.core.publisher.Mono;

/** Tells what would miss a book. */
@FunctionalInterface
public interface BookReferences {

	/** The names of all that a book is a part of; cold. */
	Mono<List<String>> referencesTo(String book);

}
