package lectern.catalog.learningpath;

import java.util.List;

import lectern.catalog.book.BookReferences;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/** Finds the learning paths that have a book as a step. */
@Component
class PathBookReferences implements BookReferences {

	private final DatabaseClient database;

	PathBookReferences(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<List<String>> referencesTo(String book) {
		return this.database.sql("""
				select id from path
				where document -> 'gates' @> jsonb_build_array(jsonb_build_object(
					'steps', jsonb_build_array(jsonb_build_object('book', :book::text))))
				order by id
				""").bind("book", book).map((row) -> required(row, "id", String.class)).all().collectList();
	}

}
