package lectern.catalog.book;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

/** The books of the catalog. Every publisher is cold. */
@Component
public class Books {

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Tombstones tombstones;

	private final BookFingerprints fingerprints;

	private final JsonMapper mapper;

	Books(DatabaseClient database, ChangeLog changes, Tombstones removed, BookFingerprints keys, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.tombstones = removed;
		this.fingerprints = keys;
		this.mapper = mapper;
	}

	/** One book as it is shown, or empty if there is none of this id. */
	Mono<Versioned<BookJson>> find(String id) {
		return this.database.sql("select epoch, position, version, document from log_head join book on id = :id")
			.bind("id", id)
			.map((row) -> new Versioned<>(BookRow.bookJson(row), BookRow.cursor(row)))
			.one();
	}

	/**
	 * Write a book whole.
	 * @param id a valid id
	 * @param content valid content
	 * @return what it led to; a write that changes nothing leads to nothing; fails with a
	 * problem when the precondition does not hold or the id was of a book that is removed
	 */
	public Mono<WriteResult<Book>> put(String id, BookContent content, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(findByIds(Set.of(id)).flatMap((found) -> {
			Book before = found.get(id);
			if (before == null) {
				precondition.requireCreateAllowed();
				return this.tombstones.requireUnused(DocumentKind.BOOK, id)
					.then(write(new BookUpsert(id, content, null)));
			}
			precondition.requireUpdateAllowed(new EntityTag(before.version()));
			return change(before, content);
		}));
	}

	/**
	 * Make something else of a book.
	 * @param change gives valid content, or throws a problem
	 * @return what it led to; fails with a problem when there is no such book or the
	 * precondition does not hold
	 */
	Mono<WriteResult<Book>> change(String id, UnaryOperator<BookContent> change, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(findByIds(Set.of(id)).flatMap((found) -> {
			Book before = found.get(id);
			if (before == null) {
				throw notFound();
			}
			precondition.requireUpdateAllowed(new EntityTag(before.version()));
			return change(before, change.apply(before.content()));
		}));
	}

	/** Write a new book, under an id made from its title. */
	Mono<WriteResult<Book>> add(BookContent content) {
		String slug = Slug.of(content.title());
		return this.changes.inExclusiveTransaction(findUsedIds(Set.of(slug))
			.flatMap((taken) -> write(new BookUpsert(Slug.firstUnused(slug, taken), content, null))));
	}

	private Mono<WriteResult<Book>> change(Book before, BookContent content) {
		return before.content().equals(content)
				? this.changes.cursor().map((cursor) -> new WriteResult<>(before, before.version(), cursor, false))
				: write(new BookUpsert(before.id(), content, before));
	}

	static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "The catalog has no book with this id.");
	}

	private Mono<WriteResult<Book>> write(BookUpsert draft) {
		return save(List.of(draft)).map((saved) -> {
			Book book = saved.content().getFirst();
			return new WriteResult<>(book, book.version(), saved.cursor(), draft.previous() == null);
		});
	}

	/** Books by their ids, those that exist. */
	public Mono<Map<String, Book>> findByIds(Collection<String> ids) {
		return this.database
			.sql("select id, version, created_at, changed_at, document from book where id = any(:ids::text[])")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> BookRow.book(row, this.mapper))
			.all()
			.collectMap(Book::id);
	}

	/** Which of these ids no book has. */
	public Mono<List<String>> findMissingIds(Collection<String> ids) {
		return this.database.sql("""
				select asked.id from unnest(:ids::text[]) as asked (id)
				where not exists (select from book where book.id = asked.id) order by 1
				""")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> row.get("id", String.class))
			.all()
			.collectList();
	}

	/** Which books are known by these keys: id by key. */
	public Mono<Map<String, String>> findIdsByFingerprints(Collection<String> recognised) {
		return this.database.sql("select key, book from book_key where key = any(:keys::text[])")
			.bind("keys", recognised.toArray(String[]::new))
			.map((row) -> Map.entry(row.get("key", String.class), row.get("book", String.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * The ids that are one of these or continue one of these after a hyphen, and are in
	 * use or were.
	 */
	public Mono<Set<String>> findUsedIds(Collection<String> ids) {
		// A dot comes right after the hyphen: a range of a primary key, not a pattern.
		return this.database.sql("""
				with base as (select id as low, (id || '.') collate "C" as high from unnest(:ids::text[]) as asked (id))
				select book.id from base join book on book.id >= low collate "C" and book.id < high
				union
				select gone.id from base
				join removed_id gone on gone.kind = 'book' and gone.id >= low collate "C" and gone.id < high
				""")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> row.get("id", String.class))
			.all()
			.collect(HashSet<String>::new, Set::add)
			.map((found) -> found);
	}

	/**
	 * Write what the caller has decided on, within the turn in which it decided, as one
	 * statement a table.
	 * @param drafts each of another book, at least one
	 * @return the books as written, and the cursor of the last
	 */
	public Mono<Versioned<List<Book>>> save(List<BookUpsert> drafts) {
		return this.changes.reserve(drafts.size()).flatMap((places) -> {
			List<Book> books = drafts.stream().map((draft) -> draft.toBook(places.receivedAt())).toList();
			List<SerializedBook> prepared = drafts.stream().map(this::serialized).toList();
			List<CatalogChange> written = changes(books, prepared);
			return upsert(books, written).then(insertFingerprints(books, prepared))
				.then(this.changes.append(places, written))
				.map((cursor) -> new Versioned<>(books, cursor));
		});
	}

	/** Make what does not depend on when and whether it is written. */
	public SerializedBook serialize(BookContent content) {
		return new SerializedBook(this.fingerprints.of(content), this.mapper.writeValueAsString(content));
	}

	private SerializedBook serialized(BookUpsert draft) {
		SerializedBook prepared = draft.serialized();
		return (prepared != null) ? prepared : serialize(draft.content());
	}

	// A book is kept with the very text that the log has, which is what a GET shows, so
	// that reads pass it on unread. Documents come as lines of one text: in an array each
	// of their quotes would be escaped.
	private Mono<Void> upsert(List<Book> books, List<CatalogChange> written) {
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
			.bind("documents", written.stream().map(CatalogChange::data).collect(Collectors.joining("\n")))
			.then();
	}

	private Mono<Void> insertFingerprints(List<Book> books, List<SerializedBook> prepared) {
		List<Map.Entry<String, String>> kept = IntStream.range(0, books.size())
			.boxed()
			.flatMap((at) -> prepared.get(at).fingerprints().stream().map((key) -> Map.entry(key, books.get(at).id())))
			.toList();
		return this.database.sql("""
				insert into book_key (key, book)
				select key, book from unnest(:keys::text[], :books::text[]) as kept (key, book)
				on conflict do nothing
				""")
			.bind("keys", kept.stream().map(Map.Entry::getKey).toArray(String[]::new))
			.bind("books", kept.stream().map(Map.Entry::getValue).toArray(String[]::new))
			.then();
	}

	private static List<CatalogChange> changes(List<Book> books, List<SerializedBook> prepared) {
		return IntStream.range(0, books.size()).mapToObj((at) -> change(books.get(at), prepared.get(at))).toList();
	}

	private static CatalogChange change(Book book, SerializedBook prepared) {
		String document = prepared.document(book);
		return (book.version() == 1) ? new BookAdded(book.id(), 1, document)
				: new BookChanged(book.id(), book.version(), document);
	}

}
