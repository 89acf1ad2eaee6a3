package lectern.progress.catalog;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import lectern.progress.model.Book;

/** The catalog's books as far as its events have been followed. */
@Repository
public class KnownBooks {

	private final DatabaseClient database;

	KnownBooks(DatabaseClient database) {
		this.database = database;
	}

	/** The book of an id; cold, empty if no such book is known. */
	public Mono<Book> find(String id) {
		return this.database.sql("select id, title, authors from known_book where id = :id")
			.bind("id", id)
			.map((row) -> new Book(row.get("id", String.class), row.get("title", String.class),
					List.of(row.get("authors", String[].class))))
			.one();
	}

}
