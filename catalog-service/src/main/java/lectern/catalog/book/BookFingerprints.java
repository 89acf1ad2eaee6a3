package lectern.catalog.book;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The stored fingerprints of all books, by which {@link BookDeduplication} recognises a
 * book that a list names again. The first book that has a fingerprint keeps it; they are
 * removed with their book. Every publisher is cold.
 */
@Component
public class BookFingerprints {

	private final DatabaseClient database;

	BookFingerprints(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * The books that have any of these fingerprints.
	 * @return ids of books by fingerprint, without those that no book has
	 */
	public Mono<Map<String, String>> findBookIds(Collection<String> fingerprints) {
		return this.database
			.sql("select fingerprint, book from book_fingerprint where fingerprint = any(:fingerprints::text[])")
			.bind("fingerprints", fingerprints.toArray(String[]::new))
			.map((row) -> Map.entry(row.get("fingerprint", String.class), row.get("book", String.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** Insert the fingerprints of saved books, in the transaction that saves them. */
	Mono<Void> insert(List<BookUpsert> saved) {
		List<Map.Entry<String, String>> rows = saved.stream()
			.flatMap((book) -> book.fingerprints().stream().map((fingerprint) -> Map.entry(fingerprint, book.id())))
			.toList();
		return this.database.sql("""
				insert into book_fingerprint (fingerprint, book)
				select fingerprint, book
				from unnest(:fingerprints::text[], :books::text[]) as added (fingerprint, book)
				on conflict do nothing
				""")
			.bind("fingerprints", rows.stream().map(Map.Entry::getKey).toArray(String[]::new))
			.bind("books", rows.stream().map(Map.Entry::getValue).toArray(String[]::new))
			.then();
	}

}
