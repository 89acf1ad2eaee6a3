package lectern.catalog.search;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.book.Book;
import lectern.catalog.change.Snapshot;
import lectern.catalog.search.Meaning.Word;
import lectern.web.Page;
import lectern.web.PageRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Books that have some words in them, those that fit best first. */
@Component
class BooksByRank {

	// A word may be in any number of books, so they are walked in their order. One that
	// has several of the words is shown where the best of them puts it: by one that comes
	// sooner in a place as good, or by a later one in a better place.
	static final String OF_ONE_WORD = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select id, version, created_at, changed_at, document, hit.rank::real as rank, hit.number
				from (
					select hits.* from unnest(:words::text[], :penalties::integer[], :sooner::text[], :later::text[])
						as meant (word, penalty, sooner, later)
					cross join lateral (
						select posting.score + penalty as rank, posting.number from book_word posting
						where posting.word = meant.word
							and (posting.score, posting.number) > (:score - penalty, :number)
							and (sooner = '' and (later = '' or posting.score < 64) or not exists (
								select from book where book.number = posting.number and (
									ts_filter(search, ('{a,b,c,d}'::"char"[])[1 : posting.score / 64 + 1])
										@@ sooner::tsquery
									or posting.score >= 64 and ts_filter(search,
										('{a,b,c,d}'::"char"[])[1 : posting.score / 64]) @@ later::tsquery)))
						order by posting.score, posting.number limit :limit) as hits
					order by hits.rank, hits.number limit :limit) as hit
				join book using (number)) page on true
			order by page.rank, page.number
			""";

	static final String FILTERED = """
			and facets @> array(select kind || '=' || folded(value)
				from unnest(:kinds::text[], :values::text[]) as filter (kind, value))
			""";

	// Few books have several words, or a word and what the filters want: all are ranked.
	static final String OF_ALL = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select id, version, created_at, changed_at, document, rank, number
				from (select book.*, -ts_rank('{0.05, 0.2, 0.5, 1}', search, :query::tsquery) as rank from book
					where search @@ :query::tsquery %s) as hit
				where (rank, number) > (:rank::real, :number) order by rank, number limit :limit) page on true
			order by page.rank, page.number
			""";

	private final DatabaseClient database;

	private final Meanings meanings;

	private final JsonMapper mapper;

	BooksByRank(DatabaseClient database, Meanings meanings, JsonMapper mapper) {
		this.database = database;
		this.meanings = meanings;
		this.mapper = mapper;
	}

	/** A page of the books that have all the words and pass all filters; cold. */
	Mono<Snapshot<Page<Book>>> page(BookQuery query, String typed) {
		return this.meanings.of(typed).flatMap((words) -> {
			if (words.isEmpty() || words.stream().anyMatch((word) -> word.words().isEmpty())) {
				return ofOneWord(query.page(), List.of());
			}
			return (words.size() == 1 && query.filters().isEmpty()) ? ofOneWord(query.page(), words.getFirst().words())
					: ofAll(query, words);
		});
	}

	private Mono<Snapshot<Page<Book>>> ofOneWord(PageRequest request, List<Word> words) {
		return page(request,
				this.database.sql(OF_ONE_WORD)
					.bind("score", Place.of(request.after()).score())
					.bind("words", words.stream().map(Word::text).toArray(String[]::new))
					.bind("penalties", words.stream().map(Word::penalty).toArray(Integer[]::new))
					.bind("sooner", queries(words, (at) -> words.subList(0, at)))
					.bind("later", queries(words, (at) -> words.subList(at + 1, words.size()))));
	}

	private static String[] queries(List<Word> words, Function<Integer, List<Word>> others) {
		return IntStream.range(0, words.size())
			.mapToObj((at) -> Meaning.query(others.apply(at)))
			.toArray(String[]::new);
	}

	private Mono<Snapshot<Page<Book>>> ofAll(BookQuery query, List<Meaning> words) {
		String filtered = query.filters().isEmpty() ? "" : FILTERED;
		DatabaseClient.GenericExecuteSpec search = this.database.sql(OF_ALL.formatted(filtered))
			.bind("rank", Place.of(query.page().after()).rank())
			.bind("query", words.stream().map((word) -> "(" + word.query() + ")").collect(Collectors.joining(" & ")));
		return page(query.page(), query.filters().isEmpty() ? search
				: search.bind("kinds", query.kinds()).bind("values", query.values()));
	}

	private Mono<Snapshot<Page<Book>>> page(PageRequest request, DatabaseClient.GenericExecuteSpec search) {
		return search.bind("number", Place.of(request.after()).number())
			.bind("limit", request.limit() + 1)
			.map((row) -> Hit.ranked(row, this.mapper))
			.all()
			.collectList()
			.map((hits) -> Hit.page(request, hits, (hit) -> hit.place().toString()));
	}

}
