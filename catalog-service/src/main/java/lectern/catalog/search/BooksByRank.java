package lectern.catalog.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.change.Versioned;
import lectern.catalog.search.TermExpansion.Variant;
import lectern.web.KeysetPageRequest;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books that have some words in them, those that fit best first. */
@Component
class BooksByRank {

	// A word may be in any number of books, so they are walked in their order. One that
	// has several of the words is shown where the best of them puts it. On a first page
	// the others stand in plain sight; a later one does not begin with those that an
	// earlier one has shown: by a word that comes sooner in a place as good, or by a
	// later one in a better place.
	static final String SINGLE_TERM = BookPage.queryFor("""
			select document, hit.rank || ':' || hit.number as key
			from (
				select min(hits.rank) as rank, hits.number
				from unnest(:words::text[], :penalties::integer[], :sooner::text[], :later::text[])
					as meant (word, penalty, sooner, later)
				cross join lateral (
					select posting.score + penalty as rank, posting.number from book_word posting
					where posting.word = meant.word
						and (posting.score, posting.number) > (:score - penalty, :number)
						and (:number = 0 or sooner = '' and (later = '' or posting.score < 64) or not exists (
							select from book where book.number = posting.number and (
								ts_filter(search, ('{a,b,c,d}'::"char"[])[1 : posting.score / 64 + 1])
									@@ sooner::tsquery
								or posting.score >= 64 and ts_filter(search,
									('{a,b,c,d}'::"char"[])[1 : posting.score / 64]) @@ later::tsquery)))
					order by posting.score, posting.number limit :limit + 1) as hits
				group by hits.number order by 1, 2 limit :limit + 1) as hit
			join book using (number) order by hit.rank, hit.number
			""");

	// Few books have several words, or a word and what the filters want: all are ranked,
	// each once, and the documents of a page are read. The offsets keep a condition from
	// moving to where it is looked at twice, or by the index.
	private static final String ALL_TERMS_TEMPLATE = """
			select document, hit.rank || ':' || hit.number as key
			from (
				select rank, number
				from (
					select number, -ts_rank('{0.05, 0.2, 0.5, 1}', search, (select :query::tsquery)) as rank
					from (
						select number, search from book
						where search @@ (select :candidates::tsquery) %s offset 0) as candidate
					where search @@ (select :query::tsquery) offset 0) as ranked
				where (rank, number) > (:rank::real, :number) order by rank, number limit :limit + 1) as hit
			join book using (number) order by hit.rank, hit.number
			""";

	static final String ALL_TERMS = BookPage.queryFor(ALL_TERMS_TEMPLATE.formatted(""));

	static final String ALL_TERMS_FILTERED = BookPage.queryFor(ALL_TERMS_TEMPLATE.formatted("""
			and facets @> array(select kind || '=' || folded(value)
				from unnest(:kinds::text[], :values::text[]) as filter (kind, value))
			"""));

	/**
	 * So many books are sooner read than the index is through those that have one of the
	 * frequent words.
	 */
	private static final int MAX_CANDIDATES = 1_000;

	private final DatabaseClient database;

	private final QueryExpander expander;

	BooksByRank(DatabaseClient database, QueryExpander meanings) {
		this.database = database;
		this.expander = meanings;
	}

	/** A page of the books that have all the words and pass all filters; cold. */
	Mono<Versioned<byte[]>> page(BookQuery query, String typed) {
		return this.expander.expand(typed).flatMap((words) -> {
			if (words.isEmpty() || words.stream().anyMatch((word) -> word.variants().isEmpty())) {
				return findBySingleTerm(query.page(), List.of());
			}
			return (words.size() == 1 && query.filters().isEmpty())
					? findBySingleTerm(query.page(), words.getFirst().variants()) : findByAllTerms(query, words);
		});
	}

	private Mono<Versioned<byte[]>> findBySingleTerm(KeysetPageRequest request, List<Variant> words) {
		return page(request,
				this.database.sql(SINGLE_TERM)
					.bind("score", RankKey.parse(request.after()).score())
					.bind("words", words.stream().map(Variant::text).toArray(String[]::new))
					.bind("penalties", words.stream().map(Variant::penalty).toArray(Integer[]::new))
					.bind("sooner", queries(words, (at) -> words.subList(0, at)))
					.bind("later", queries(words, (at) -> words.subList(at + 1, words.size()))));
	}

	private static String[] queries(List<Variant> words, Function<Integer, List<Variant>> others) {
		return IntStream.range(0, words.size())
			.mapToObj((at) -> TermExpansion.toTsQuery(others.apply(at)))
			.toArray(String[]::new);
	}

	private Mono<Versioned<byte[]>> findByAllTerms(BookQuery query, List<TermExpansion> words) {
		boolean filtered = !query.filters().isEmpty();
		String all = words.stream().map((word) -> "(" + word.toTsQuery() + ")").collect(Collectors.joining(" & "));
		TermExpansion rarest = words.stream().min(Comparator.comparingLong(TermExpansion::bookCount)).orElseThrow();
		DatabaseClient.GenericExecuteSpec search = this.database.sql(filtered ? ALL_TERMS_FILTERED : ALL_TERMS)
			.bind("rank", RankKey.parse(query.page().after()).rank())
			.bind("candidates", (rarest.bookCount() <= MAX_CANDIDATES) ? rarest.toTsQuery() : all)
			.bind("query", all);
		return page(query.page(),
				filtered ? search.bind("kinds", query.facetNames()).bind("values", query.values()) : search);
	}

	private Mono<Versioned<byte[]>> page(KeysetPageRequest request, DatabaseClient.GenericExecuteSpec search) {
		return search.bind("number", RankKey.parse(request.after()).number())
			.bind("limit", request.limit())
			.map((row) -> BookPage.read(row, request))
			.one();
	}

}
