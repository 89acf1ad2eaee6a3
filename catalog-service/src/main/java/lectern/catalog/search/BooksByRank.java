package lectern.catalog.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.change.Versioned;
import lectern.catalog.search.TermExpansion.Variant;
import lectern.web.KeysetPageRequest;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books that contain some words, the best match first. */
@Component
class BooksByRank {

	// Any number of books may contain a word, so its postings are read in rank order, as
	// many as a page has. A book that contains several variants of the word is listed at
	// its best rank. On the first page the variants are compared side by side. A later
	// page skips the books that an earlier one has listed: those that contain a better
	// variant in a field as good, or a worse variant in a better field.
	static final String SINGLE_TERM = BookPage.queryFor("""
			select document, hit.rank || ':' || hit.number as key
			from (
				select min(hits.rank) as rank, hits.number
				from unnest(:terms::text[], :penalties::integer[], :better::text[], :worse::text[])
					as variant (term, penalty, better, worse)
				cross join lateral (
					select posting.score + penalty as rank, posting.number from search.posting
					where posting.term = variant.term
						and (posting.score, posting.number) > (:score - penalty, :number)
						and (:number = 0 or better = '' and (worse = '' or posting.score < search.score_step())
							or not exists (
								select from search.indexed_book as indexed where indexed.number = posting.number and (
									ts_filter(indexed.terms, search.weights_through(posting.score)) @@ better::tsquery
									or posting.score >= search.score_step()
									and ts_filter(indexed.terms, search.weights_before(posting.score))
										@@ worse::tsquery)))
					order by posting.score, posting.number limit :limit + 1) as hits
				group by hits.number order by 1, 2 limit :limit + 1) as hit
			join book using (number) order by hit.rank, hit.number
			""");

	// Few books contain several words, or a word and all wanted facets: all of them are
	// ranked, each once, and only the documents of a page are read. Each "offset 0" keeps
	// the planner from moving a condition to where it would be evaluated twice, or by the
	// index.
	private static final String ALL_TERMS_TEMPLATE = """
			select document, hit.rank || ':' || hit.number as key
			from (
				select rank, number
				from (
					select number, -ts_rank(search.rank_weights(), terms, (select :query::tsquery)) as rank
					from (
						select number, terms from search.indexed_book
						where terms @@ (select :candidates::tsquery) %s offset 0) as candidate
					where terms @@ (select :query::tsquery) offset 0) as ranked
				where (rank, number) > (:rank::real, :number) order by rank, number limit :limit + 1) as hit
			join book using (number) order by hit.rank, hit.number
			""";

	static final String ALL_TERMS = BookPage.queryFor(ALL_TERMS_TEMPLATE.formatted(""));

	static final String ALL_TERMS_FILTERED = BookPage.queryFor(ALL_TERMS_TEMPLATE.formatted("""
			and facets @> array(select kind || '=' || search.fold(value)
				from unnest(:kinds::text[], :values::text[]) as filter (kind, value))
			"""));

	/**
	 * If the rarest term is in at most so many books, reading these takes less time than
	 * the index scan for the more frequent terms.
	 */
	private static final int MAX_CANDIDATES = 1_000;

	private final DatabaseClient database;

	private final QueryExpander expander;

	BooksByRank(DatabaseClient database, QueryExpander expander) {
		this.database = database;
		this.expander = expander;
	}

	/**
	 * A page of the books that contain all the words and pass all filters; cold.
	 * @param typed the words as they were typed
	 */
	Mono<Versioned<BookPage>> page(BookQuery query, String typed) {
		return this.expander.expand(typed).flatMap((terms) -> {
			if (terms.isEmpty() || terms.stream().anyMatch((term) -> term.variants().isEmpty())) {
				return findBySingleTerm(query.page(), List.of());
			}
			return (terms.size() == 1 && query.filters().isEmpty())
					? findBySingleTerm(query.page(), terms.getFirst().variants()) : findByAllTerms(query, terms);
		});
	}

	private Mono<Versioned<BookPage>> findBySingleTerm(KeysetPageRequest request, List<Variant> variants) {
		return page(request,
				this.database.sql(SINGLE_TERM)
					.bind("score", RankKey.parse(request.after()).score())
					.bind("terms", variants.stream().map(Variant::text).toArray(String[]::new))
					.bind("penalties", variants.stream().map(Variant::penalty).toArray(Integer[]::new))
					.bind("better", tsQueries(variants, (at) -> variants.subList(0, at)))
					.bind("worse", tsQueries(variants, (at) -> variants.subList(at + 1, variants.size()))));
	}

	/** For each variant, a query for some of the others. */
	private static String[] tsQueries(List<Variant> variants, IntFunction<List<Variant>> others) {
		return IntStream.range(0, variants.size())
			.mapToObj((at) -> TermExpansion.toTsQuery(others.apply(at)))
			.toArray(String[]::new);
	}

	private Mono<Versioned<BookPage>> findByAllTerms(BookQuery query, List<TermExpansion> terms) {
		boolean filtered = !query.filters().isEmpty();
		String all = terms.stream().map((term) -> "(" + term.toTsQuery() + ")").collect(Collectors.joining(" & "));
		TermExpansion rarest = terms.stream().min(Comparator.comparingLong(TermExpansion::bookCount)).orElseThrow();
		DatabaseClient.GenericExecuteSpec search = this.database.sql(filtered ? ALL_TERMS_FILTERED : ALL_TERMS)
			.bind("rank", RankKey.parse(query.page().after()).rank())
			.bind("candidates", (rarest.bookCount() <= MAX_CANDIDATES) ? rarest.toTsQuery() : all)
			.bind("query", all);
		return page(query.page(),
				filtered ? search.bind("kinds", query.facetNames()).bind("values", query.values()) : search);
	}

	private Mono<Versioned<BookPage>> page(KeysetPageRequest request, DatabaseClient.GenericExecuteSpec search) {
		return search.bind("number", RankKey.parse(request.after()).number())
			.bind("limit", request.limit())
			.map((row) -> BookPage.read(row, request))
			.one();
	}

}
