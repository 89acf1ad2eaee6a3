package lectern.catalog.book;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import lectern.catalog.change.CatalogChange;
import lectern.catalog.change.CatalogChange.BookAdded;
import lectern.catalog.change.CatalogChange.BookChanged;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Tombstones;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.catalog.change.Versioned;
import lectern.catalog.change.WriteResult;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/** The books of the catalog. Every publisher is cold. */
@Component
public class Books {

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Tombstones tombstones;

	private final BookFingerprints fingerprints;

	private final JsonMapper mapper;

	Books(DatabaseClient database, ChangeLog changes, Tombstones tombstones, BookFingerprints fingerprints,
			JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.tombstones = tombstones;
		this.fingerprints = fingerprints;
		this.mapper = mapper;
	}

	/** The stored JSON of a book; empty if there is no book of this id. */
	Mono<Versioned<BookJson>> find(String id) {
		return this.database.sql("select epoch, position, version, document from log_head join book on id = :id")
			.bind("id", id)
			.map((row) -> new Versioned<>(BookRow.bookJson(row), BookRow.cursor(row)))
			.one();
	}

	/**
	 * Create a book, or replace its content.
	 * @param id a valid id
	 * @param content valid content
	 * @return the result; a write of equal content appends no change; fails with a
	 * problem if the precondition is not met or the id belonged to a removed book
	 */
	public Mono<WriteResult<Book>> put(String id, BookContent content, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(findByIds(Set.of(id)).flatMap((found) -> {
			Book current = found.get(id);
			if (current == null) {
				precondition.requireCreateAllowed();
				return this.tombstones.requireUnused(DocumentKind.BOOK, id)
					.then(write(new BookUpsert(id, content, null)));
			}
			precondition.requireUpdateAllowed(new EntityTag(current.version()));
			return change(current, content);
		}));
	}

	/**
	 * Update the content of a book.
	 * @param update returns valid content, or throws a problem
	 * @return the result; fails with a problem if there is no such book or the
	 * precondition is not met
	 */
	Mono<WriteResult<Book>> change(String id, UnaryOperator<BookContent> update, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(findByIds(Set.of(id)).flatMap((found) -> {
			Book current = found.get(id);
			if (current == null) {
				throw notFound();
			}
			precondition.requireUpdateAllowed(new EntityTag(current.version()));
			return change(current, update.apply(current.content()));
		}));
	}

	/**
	 * Create a book under a new id.
	 * @param slug the id if it is unused; otherwise a number is appended
	 */
	Mono<WriteResult<Book>> add(String slug, BookContent content) {
		return this.changes.inExclusiveTransaction(findUsedIds(Set.of(slug))
			.flatMap((used) -> write(new BookUpsert(Slug.firstUnused(slug, used), content, null))));
	}

	private Mono<WriteResult<Book>> change(Book current, BookContent content) {
		return current.content().equals(content)
				? this.changes.cursor().map((cursor) -> new WriteResult<>(current, current.version(), cursor, false))
				: write(new BookUpsert(current.id(), content, current));
	}

	static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "The catalog has no book with this id.");
	}

	private Mono<WriteResult<Book>> write(BookUpsert upsert) {
		return save(List.of(upsert)).map((saved) -> {
			Book book = saved.content().getFirst();
			return new WriteResult<>(book, book.version(), saved.cursor(), upsert.previous() == null);
		});
	}

	/** The books that have these ids, by id; an id without a book is absent. */
	public Mono<Map<String, Book>> findByIds(Collection<String> ids) {
		return this.database
			.sql("select id, version, created_at, changed_at, document from book where id = any(:ids::text[])")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> BookRow.book(row, this.mapper))
			.all()
			.collectMap(Book::id);
	}

	/** Those of these ids that no book has, in order. */
	public Mono<List<String>> findMissingIds(Collection<String> ids) {
		return this.database.sql("""
				select wanted.id from unnest(:ids::text[]) as wanted (id)
				where not exists (select from book where book.id = wanted.id) order by 1
				""")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> required(row, "id", String.class))
			.all()
			.collectList();
	}

	/**
	 * The ids of existing and of removed books that equal one of these ids, or begin with
	 * one of them and a hyphen.
	 */
	public Mono<Set<String>> findUsedIds(Collection<String> ids) {
		// The dot is the next character after the hyphen, so that this is a range of
		// the primary key and not a pattern.
		return this.database
			.sql("""
					with base as (select id as low, (id || '.') collate "C" as high from unnest(:ids::text[]) as wanted (id))
					select book.id from base join book on book.id >= low collate "C" and book.id < high
					union
					select tombstone.id from base
					join tombstone on kind = 'book' and tombstone.id >= low collate "C" and tombstone.id < high
					""")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> required(row, "id", String.class))
			.all()
			.collect(HashSet<String>::new, Set::add)
			.map((found) -> found);
	}

	/**
	 * Write books in the exclusive transaction in which the caller has decided on them,
	 * with one statement for each table.
	 * @param upserts of different books, at least one
	 * @return the books as written, and the cursor of the last change
	 */
	public Mono<Versioned<List<Book>>> save(List<BookUpsert> upserts) {
		return this.changes.reserve(upserts.size()).flatMap((positions) -> {
			List<Book> books = upserts.stream().map((upsert) -> upsert.toBook(positions.receivedAt())).toList();
			List<CatalogChange> changes = books.stream().map(this::change).toList();
			return upsert(books, changes).then(this.fingerprints.insert(upserts))
				.then(this.changes.append(positions, changes))
				.map((cursor) -> new Versioned<>(books, cursor));
		});
	}

	// A book is stored with the text that the log has, which is the body of the response
	// to a GET, so that reads need not parse it. The documents are the lines of one
	// parameter: in an array each of their quotes would have to be escaped.
	private Mono<Void> upsert(List<Book> books, List<CatalogChange> changes) {
		return this.database.sql("""
				insert into book (id, version, created_at, changed_at, document)
				select id, version, :now, :now, document::json
				from rows from (unnest(:ids::text[]), unnest(:versions::bigint[]), string_to_table(:documents, chr(10)))
					as written (id, version, document)
				on conflict (id) do update
				set version = excluded.version, changed_at = excluded.changed_at, document = excluded.document
				""")
			.bind("now", books.getFirst().changedAt().atOffset(ZoneOffset.UTC))
			.bind("ids", books.stream().map(Book::id).toArray(String[]::new))
			.bind("versions", books.stream().map(Book::version).toArray(Long[]::new))
			.bind("documents", changes.stream().map(CatalogChange::data).collect(Collectors.joining("\n")))
			.then();
	}

	private CatalogChange change(Book book) {
		String document = this.mapper.writeValueAsString(book);
		return (book.version() == 1) ? new BookAdded(book.id(), 1, document)
				: new BookChanged(book.id(), book.version(), document);
	}

}
