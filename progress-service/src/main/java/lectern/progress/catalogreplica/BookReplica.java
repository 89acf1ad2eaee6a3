package lectern.progress.catalogreplica;

import java.util.List;
import java.util.Optional;

import lectern.progress.model.BookSnapshot;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** The replica of the catalog's books, kept current by {@link CatalogReplicator}. */
@Repository
public class BookReplica {

	private final DatabaseClient database;

	BookReplica(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find a book.
	 * @return cold; empty if no book of this id is known
	 */
	public Mono<BookSnapshot> find(String id) {
		return this.database.sql("select id, title, authors from book_replica where id = :id")
			.bind("id", id)
			.map((row) -> new BookSnapshot(required(row, "id", String.class), required(row, "title", String.class),
					List.of(row.get("authors", String[].class))))
			.one();
	}

	/**
	 * Find the editions of a book.
	 * @return cold; {@link BookEditions#NONE} if no book of this id is known; fails with
	 * a {@link Problem} while the editions are not copied yet
	 */
	public Mono<BookEditions> findEditions(String id) {
		return this.database.sql("select editions::text as editions from book_replica where id = :id")
			.bind("id", id)
			.map((row) -> Optional.ofNullable(row.get("editions", String.class)))
			.one()
			.map((editions) -> BookEditions.parse(editions.orElseThrow(BookReplica::notCopiedYet)))
			.defaultIfEmpty(BookEditions.NONE);
	}

	private static Problem notCopiedYet() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"The editions of this book are being copied from the catalog. "
							+ "Try again in a moment, or leave the edition out.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/**
	 * Find books whose editions are not copied yet.
	 * @return cold; their ids, at most a page of them
	 */
	Mono<List<String>> findWithoutEditions() {
		return this.database.sql("select id from book_replica where editions is null limit 64")
			.map((row) -> required(row, "id", String.class))
			.all()
			.collectList();
	}

	/**
	 * Store the editions of a book, unless an event of the catalog has brought them in
	 * the meantime: that is the newer state.
	 * @param editions as JSON
	 * @return cold
	 */
	Mono<Void> storeMissingEditions(String id, String editions) {
		return this.database
			.sql("update book_replica set editions = :editions::json where id = :id and editions is null")
			.bind("id", id)
			.bind("editions", editions)
			.then();
	}

}
