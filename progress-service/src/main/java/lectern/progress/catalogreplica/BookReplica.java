package lectern.progress.catalogreplica;

import java.util.List;

import lectern.progress.model.BookSnapshot;
import reactor.core.publisher.Mono;

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

}
