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

	// Scans the books of the rarest wanted facet. The signature rules out most books that
	// lack one of the others, so that only candidates are read. Whether a candidate has
	// all of them is checked only for more than one facet: one is matched by the scan.
	static final String FILTERED = BookPage.queryFor("""
			with wanted as materialized (
				select wanted.facet, coalesce(facet.book_count, 0) as book_count
				from (select kind || '=' || search.fold(value) as facet
					from unnest(:kinds::text[], :values::text[]) as filter (kind, value)) as wanted
				left join search.facet on facet.facet = wanted.facet)
			select document, id as key
			from search.book_facet as candidate join book on book.id = candidate.book
			where candidate.facet = (select facet from wanted order by book_count limit 1) and candidate.book > :after
				and candidate.signature & (select search.facet_signature(array_agg(facet)) from wanted)
					= (select search.facet_signature(array_agg(facet)) from wanted)
				and ((select count(*) from wanted) = 1 or exists (
					select from search.indexed_book as indexed
					where indexed.number = book.number and indexed.facets @> array(select facet from wanted)))
			order by candidate.book limit :limit + 1
			""");

	private final DatabaseClient database;

	BooksById(DatabaseClient database) {
		this.database = database;
	}

	/** A page of all books; cold. */
	Mono<Versioned<BookPage>> all(KeysetPageRequest request) {
		return page(request, this.database.sql(ALL));
	}

	/**
	 * A page of the books that pass all filters, of which there is at least one; cold.
	 */
	Mono<Versioned<BookPage>> filtered(BookQuery query) {
		return page(query.page(),
				this.database.sql(FILTERED).bind("kinds", query.facetNames()).bind("values", query.values()));
	}

	private Mono<Versioned<BookPage>> page(KeysetPageRequest request, DatabaseClient.GenericExecuteSpec list) {
		return list.bind("after", CatalogId.afterId(request))
			.bind("limit", request.limit())
			.map((row) -> BookPage.read(row, request))
			.one();
	}

}
