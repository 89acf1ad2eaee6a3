package lectern.catalog.book;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import lectern.catalog.change.Snapshot;
import lectern.streaming.Cursor;
import lectern.web.Page;
import lectern.web.PageRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books by the page: all of them by id, or those that fit a search, best first. */
@Component
class BookSearch {

	private final DatabaseClient database;

	private final JsonMapper mapper;

	BookSearch(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		this.mapper = mapper;
	}

	/** A page and the cursor of its snapshot; cold. */
	Mono<Snapshot<Page<Book>>> page(PageRequest request, @Nullable String search) {
		return (search == null) ? all(request) : found(request, search);
	}

	// The head is joined from the left, so that an empty page has its cursor too.
	private Mono<Snapshot<Page<Book>>> all(PageRequest request) {
		return this.database.sql("""
				select head.epoch, head.position, page.*, 0::real as rank
				from log_head head left join (
					select id, version, created_at, changed_at, document from book
					where id > :after order by id limit :limit) page on true
				order by page.id
				""")
			.bind("after", BookId.after(request))
			.bind("limit", request.limit() + 1)
			.map((row) -> BookRow.of(row, this.mapper))
			.all()
			.collectList()
			.map((rows) -> snapshot(request, rows, BookRow::id));
	}

	private Mono<Snapshot<Page<Book>>> found(PageRequest request, String search) {
		Place after = Place.of(request.after());
		return this.database.sql("""
				select head.epoch, head.position, page.*
				from log_head head left join (
					select id, version, created_at, changed_at, document, rank
					from (select book.*, ts_rank(search, query) as rank
						from book, to_tsquery('catalog', :query) query where search @@ query) hits
					where rank < :rank::real or (rank = :rank::real and id > :id)
					order by rank desc, id limit :limit) page on true
				order by page.rank desc, page.id
				""")
			.bind("query", SearchWords.query(search))
			.bind("rank", after.rank())
			.bind("id", after.id())
			.bind("limit", request.limit() + 1)
			.map((row) -> BookRow.of(row, this.mapper))
			.all()
			.collectList()
			.map((rows) -> snapshot(request, rows, (row) -> Place.of(row).toString()));
	}

	private static Snapshot<Page<Book>> snapshot(PageRequest request, List<BookRow> rows,
			Function<BookRow, String> key) {
		Cursor cursor = rows.getFirst().cursor();
		List<BookRow> books = rows.stream().filter((row) -> row.book() != null).toList();
		Page<BookRow> page = request.page(books, key);
		return new Snapshot<>(new Page<>(
				page.items().stream().map((row) -> Objects.requireNonNull(row.book())).toList(), page.next()), cursor);
	}

	/** Where a page of a search ends: the key of its order. */
	private record Place(float rank, String id) {

		private static final Place FIRST = new Place(Float.POSITIVE_INFINITY, "");

		static Place of(BookRow row) {
			return new Place(row.rank(), row.id());
		}

		static Place of(@Nullable String key) {
			if (key == null) {
				return FIRST;
			}
			int colon = key.indexOf(':');
			String id = key.substring(colon + 1);
			try {
				if (BookId.isValid(id)) {
					return new Place(Float.parseFloat(key.substring(0, Math.max(0, colon))), id);
				}
			}
			catch (NumberFormatException _) {
				// Not of our making either: said below.
			}
			throw BookId.notAPage();
		}

		@Override
		public String toString() {
			return this.rank + ":" + this.id;
		}

	}

}
