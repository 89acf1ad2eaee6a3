package lectern.catalog.search;

import lectern.catalog.book.CatalogId;
import lectern.catalog.change.Versioned;
import lectern.web.KeysetPageRequest;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books in the order of their ids: all, or those that pass some filters. */
@Component
class BooksById {

	static final String ALL = BookPage.queryFor("""
			select document, id as key from book where id > :after order by id limit :limit + 1
			""");

	// The rarest of what is asked for is walked along. Its rows tell of most books that
	// they have not all of the others, so that those are not looked at.
	static final String FILTERED = BookPage.queryFor("""
			with asked as materialized (
				select asked.facet, coalesce(facet.books, 0) as books
				from (select kind || '=' || folded(value) as facet
					from unnest(:kinds::text[], :values::text[]) as filter (kind, value)) as asked
				left join facet on facet.facet = asked.facet)
			select document, id as key
			from book_facet had join book on book.id = had.book
			where had.facet = (select facet from asked order by books limit 1) and had.book > :after
				and had.marks & (select facet_marks(array_agg(facet)) from asked)
					= (select facet_marks(array_agg(facet)) from asked)
				and book.facets @> array(select facet from asked)
			order by had.book limit :limit + 1
			""");

	private final DatabaseClient database;

	BooksById(DatabaseClient database) {
		this.database = database;
	}

	/** A page of all; cold. */
	Mono<Versioned<byte[]>> all(KeysetPageRequest request) {
		return page(request, this.database.sql(ALL));
	}

	/** A page of those that pass all filters, at least one; cold. */
	Mono<Versioned<byte[]>> filtered(BookQuery query) {
		return page(query.page(),
				this.database.sql(FILTERED).bind("kinds", query.facetNames()).bind("values", query.values()));
	}

	private Mono<Versioned<byte[]>> page(KeysetPageRequest request, DatabaseClient.GenericExecuteSpec list) {
		return list.bind("after", CatalogId.afterId(request))
			.bind("limit", request.limit())
			.map((row) -> BookPage.read(row, request))
			.one();
	}

}
