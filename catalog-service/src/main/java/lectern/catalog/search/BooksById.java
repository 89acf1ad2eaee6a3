package lectern.catalog.search;

import java.util.List;

import lectern.catalog.book.Book;
import lectern.catalog.book.BookId;
import lectern.catalog.change.Snapshot;
import lectern.web.Page;
import lectern.web.PageRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books in the order of their ids: all, or those that pass some filters. */
@Component
class BooksById {

	// The head is joined from the left, so that an empty page has its cursor too.
	static final String ALL = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select id, version, created_at, changed_at, document from book
				where id > :after order by id limit :limit) page on true
			order by page.id
			""";

	static final String PASSING = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select id, version, created_at, changed_at, document
				from book_facet had join book on book.id = had.book
				where had.facet = :rarest and had.book > :after and book.facets @> :all
				order by had.book limit :limit) page on true
			order by page.id
			""";

	static final String FACETS = """
			select asked.facet
			from (select kind || '=' || folded(value) as facet
				from unnest(:kinds::text[], :values::text[]) as filter (kind, value)) as asked
			left join facet on facet.facet = asked.facet
			order by coalesce(facet.books, 0)
			""";

	private final DatabaseClient database;

	private final JsonMapper mapper;

	BooksById(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		this.mapper = mapper;
	}

	/** A page of all; cold. */
	Mono<Snapshot<Page<Book>>> all(PageRequest request) {
		return page(request, this.database.sql(ALL));
	}

	/** A page of those that pass all filters, at least one; cold. */
	Mono<Snapshot<Page<Book>>> passing(BookQuery query) {
		return facets(query).flatMap((facets) -> page(query.page(),
				this.database.sql(PASSING)
					.bind("rarest", facets.getFirst())
					.bind("all", facets.toArray(String[]::new))));
	}

	/** What the books must have; the rarest comes first, since it is walked along. */
	private Mono<List<String>> facets(BookQuery query) {
		return this.database.sql(FACETS)
			.bind("kinds", query.kinds())
			.bind("values", query.values())
			.map((row) -> row.get("facet", String.class))
			.all()
			.collectList();
	}

	private Mono<Snapshot<Page<Book>>> page(PageRequest request, DatabaseClient.GenericExecuteSpec list) {
		return list.bind("after", BookId.after(request))
			.bind("limit", request.limit() + 1)
			.map((row) -> Hit.of(row, this.mapper))
			.all()
			.collectList()
			.map((hits) -> Hit.page(request, hits, Hit::id));
	}

}
