package lectern.catalog.search;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.r2dbc.spi.Readable;
import lectern.catalog.search.TermExpansion.Variant;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Expands each typed word into the stored words that it may stand for. */
@Component
class QueryExpander {

	// expanded: the stored words of a form that occurs; the stems of the word in any
	// language that are stored; and, of the last word, the completions. corrected: for
	// words without any of these, the nearest forms. A word is at the last position that
	// it has in the text.
	static final String EXPANSIONS = """
			with query_word as (
				select lexeme as form, positions[array_upper(positions, 1)] as position
				from unnest(to_tsvector('search.unstemmed', search.plain_text(:typed)))),
			expanded as (
				select position, word_form.term, 0 as penalty, 0 as distance, word_form.book_count
				from query_word join search.word_form using (form)
				union all
				select position, stem, :stemPenalty, 0, null from query_word, search.stems(query_word.form) as stem
				where exists (select from search.posting where posting.term = stem)
				union all
				select position, completion.term, :completionPenalty, 0, completion.book_count
				from query_word cross join lateral (
					select term, book_count from search.word_form
					where form > query_word.form and form < query_word.form || chr(1114111)
					order by book_count desc, form limit :completions) as completion
				where position = (select max(position) from query_word)),
			unknown_word as (
				select position, form from query_word
				where length(form) >= 4 and position not in (select position from expanded)
				order by position limit :unknownWords),
			corrected as (
				select position, correction.term, 0, correction.distance, null::integer
				from unknown_word cross join lateral search.corrections(unknown_word.form, :corrections) as correction)
			select array_agg(term order by penalty, distance, term) filter (where term is not null) as terms,
				array_agg(penalty order by penalty, distance, term) as penalties,
				array_agg(book_count order by penalty, distance, term) as book_counts
			from (
				select position, term, min(penalty) as penalty, min(distance) as distance,
					coalesce(max(book_count), 2147483647) as book_count
				from (select * from expanded union all select * from corrected) as variant
				group by position, term) as variant
			right join query_word using (position)
			group by position order by position
			""";

	/** The penalty of a stem that the typed form was not found with. */
	static final int STEM_PENALTY = 8;

	/** The penalty of a word that begins with the typed one. */
	static final int COMPLETION_PENALTY = 16;

	/** The number of completions of the last word, the most frequent ones. */
	static final int MAX_COMPLETIONS = 12;

	/**
	 * The number of words that are corrected; a query with more unknown words finds
	 * nothing.
	 */
	static final int MAX_UNKNOWN_WORDS = 4;

	/** The number of corrections of a word, all at the same edit distance. */
	static final int MAX_CORRECTIONS = 3;

	private final DatabaseClient database;

	QueryExpander(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Expand each of the typed words. Users do not say in which language they search, so
	 * a word stands for all that it is stored as in any language. The last one may be the
	 * beginning of a word. One that is in no book is replaced by the nearest words that
	 * are.
	 * @return cold; an expansion for each word, in the order of typing
	 */
	Mono<List<TermExpansion>> expand(String typed) {
		return bindLimits(this.database.sql(EXPANSIONS).bind("typed", typed)).map(QueryExpander::expansion)
			.all()
			.collectList();
	}

	static DatabaseClient.GenericExecuteSpec bindLimits(DatabaseClient.GenericExecuteSpec query) {
		return query.bind("stemPenalty", STEM_PENALTY)
			.bind("completionPenalty", COMPLETION_PENALTY)
			.bind("completions", MAX_COMPLETIONS)
			.bind("unknownWords", MAX_UNKNOWN_WORDS)
			.bind("corrections", MAX_CORRECTIONS);
	}

	private static TermExpansion expansion(Readable row) {
		String[] terms = row.get("terms", String[].class);
		if (terms == null) {
			return new TermExpansion(List.of());
		}
		Integer[] penalties = Objects.requireNonNull(row.get("penalties", Integer[].class));
		Integer[] bookCounts = Objects.requireNonNull(row.get("book_counts", Integer[].class));
		return new TermExpansion(IntStream.range(0, terms.length)
			.mapToObj((at) -> new Variant(terms[at], penalties[at], bookCounts[at]))
			.toList());
	}

}
