package lectern.catalog.search;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.r2dbc.spi.Readable;
import lectern.catalog.search.TermExpansion.Variant;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Tells what the words that somebody types may mean in this catalog. */
@Component
class QueryExpander {

	static final String EXPANSIONS = """
			with typed as (
				select lexeme as form, positions[array_upper(positions, 1)] as place
				from unnest(to_tsvector('catalog', plain_words(:typed)))),
			meant as (
				select place, word.lexeme, 0 as penalty, 0 as distance, word.books
				from typed join word on word.form = typed.form
				union all
				select place, stem, 8, 0, null from typed, search_stems(typed.form) as stem
				where exists (select from book_word where book_word.word = stem)
				union all
				select place, begun.lexeme, 16, 0, begun.books from typed cross join lateral (
					select lexeme, books from word
					where form > typed.form and form < typed.form || chr(1114111)
					order by books desc, form limit :beginnings) as begun
				where place = (select max(place) from typed)),
			missed as (
				select place, form from typed
				where length(form) >= 4 and place not in (select place from meant)
				order by place limit :missed),
			slipped as (
				select place, near.lexeme, 0, near.distance, null::integer
				from missed cross join lateral search_slips(missed.form, :slips) as near)
			select array_agg(lexeme order by penalty, distance, lexeme) filter (where lexeme is not null) as lexemes,
				array_agg(penalty order by penalty, distance, lexeme) as penalties,
				array_agg(books order by penalty, distance, lexeme) as books
			from (
				select place, lexeme, min(penalty) as penalty, min(distance) as distance,
					coalesce(max(books), 2147483647) as books
				from (select * from meant union all select * from slipped) as all_meant
				group by place, lexeme) as each_meant
			right join typed using (place)
			group by place order by place
			""";

	/** So many words that begin as what was typed are meant, the most frequent. */
	private static final int MAX_COMPLETIONS = 12;

	/**
	 * So many words that are in no book are looked after; who types more finds nothing.
	 */
	private static final int MAX_UNKNOWN_WORDS = 4;

	/** So many words at most are meant by one that is mistyped, all of them as near. */
	private static final int MAX_CORRECTIONS = 3;

	private final DatabaseClient database;

	QueryExpander(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * What each of the words that were typed may mean. Nobody says in which language they
	 * are: a word means all that it is searched by in any. The last may be the beginning
	 * of a word. One that is in no book is taken for the nearest that are.
	 * @return cold; a meaning for each word, in the order of typing
	 */
	Mono<List<TermExpansion>> expand(String typed) {
		return this.database.sql(EXPANSIONS)
			.bind("typed", typed)
			.bind("beginnings", MAX_COMPLETIONS)
			.bind("missed", MAX_UNKNOWN_WORDS)
			.bind("slips", MAX_CORRECTIONS)
			.map(QueryExpander::expansion)
			.all()
			.collectList();
	}

	private static TermExpansion expansion(Readable row) {
		String[] lexemes = row.get("lexemes", String[].class);
		if (lexemes == null) {
			return new TermExpansion(List.of());
		}
		Integer[] penalties = Objects.requireNonNull(row.get("penalties", Integer[].class));
		Integer[] books = Objects.requireNonNull(row.get("books", Integer[].class));
		return new TermExpansion(IntStream.range(0, lexemes.length)
			.mapToObj((at) -> new Variant(lexemes[at], penalties[at], books[at]))
			.toList());
	}

}
