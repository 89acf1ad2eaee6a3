package lectern.catalog.book;

import java.util.List;

import reactor.core.publisher.Mono;

/** Finds what refers to a book and therefore prevents its removal. */
@FunctionalInterface
public interface BookReferences {

	/** The ids of everything that refers to a book; cold. */
	Mono<List<String>> referencesTo(String book);

}
