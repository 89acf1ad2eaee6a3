package lectern.catalog.book;

import java.util.List;
import java.util.Set;

import lectern.catalog.change.CatalogChange.BookRemoved;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Tombstone;
import lectern.catalog.change.Tombstones;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Removal of books. */
@Component
class BookRemoval {

	private static final ProblemType IN_USE = new ProblemType("book-in-use", HttpStatus.CONFLICT,
			"A learning path uses the book");

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Books books;

	private final BookReferences references;

	private final Tombstones tombstones;

	private final JsonMapper mapper;

	BookRemoval(DatabaseClient database, ChangeLog changes, Books books, BookReferences references,
			Tombstones tombstones, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.books = books;
		this.references = references;
		this.tombstones = tombstones;
		this.mapper = mapper;
	}

	/**
	 * Remove a book.
	 * @return cold; the cursor of the change; fails with a problem if there is no such
	 * book, the precondition is not met or something refers to the book
	 */
	Mono<Cursor> remove(String id, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(this.books.findByIds(Set.of(id)).flatMap((found) -> {
			Book book = found.get(id);
			if (book == null) {
				throw Books.notFound();
			}
			precondition.requireUpdateAllowed(new EntityTag(book.version()));
			return this.references.referencesTo(id)
				.flatMap((paths) -> paths.isEmpty() ? remove(book) : Mono.error(inUse(paths)));
		}));
	}

	private static Problem inUse(List<String> paths) {
		return Problem.of(IN_USE,
				"The book is a step of " + String.join(", ", paths) + ". Remove the step from each path first.");
	}

	private Mono<Cursor> remove(Book book) {
		return this.changes.reserve(1).flatMap((positions) -> {
			Tombstone tombstone = new Tombstone(book.id(), book.version() + 1, positions.receivedAt());
			return this.database.sql("delete from book where id = :id")
				.bind("id", tombstone.id())
				.then()
				.then(this.tombstones.insert(DocumentKind.BOOK, tombstone.id(), tombstone.removedAt()))
				.then(append(positions, tombstone));
		});
	}

	private Mono<Cursor> append(PositionRange positions, Tombstone tombstone) {
		return this.changes.append(positions, List
			.of(new BookRemoved(tombstone.id(), tombstone.version(), this.mapper.writeValueAsString(tombstone))));
	}

}
