package lectern.catalog.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import lectern.catalog.search.Meaning.Word;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Tells what the words that somebody types may mean in this catalog. */
@Component
class Meanings {

	static final String MEANT = """
			with typed as (
				select lexeme as form, positions[array_upper(positions, 1)] as place
				from unnest(to_tsvector('catalog', plain_words(:typed)))),
			last as (select max(place) as place from typed),
			meant as (
				select place, word.lexeme, 0 as penalty, 0 as distance from typed join word on word.form = typed.form
				union all
				select place, stem, 8, 0 from typed, search_stems(typed.form) as stem
				where exists (select from book_word where book_word.word = stem)
				union all
				select place, begun.lexeme, 16, 0 from typed join last using (place) cross join lateral (
					select lexeme, books from word
					where form > typed.form and form < typed.form || chr(1114111)
					order by books desc, form limit :beginnings) as begun),
			missed as (
				select place, form from typed
				where length(form) >= 4 and not exists (select from meant where meant.place = typed.place)
				order by place limit :missed),
			slipped as (
				select place, near.lexeme, 0, near.distance
				from missed cross join lateral search_slips(missed.form, :slips) as near)
			select place, lexeme, min(penalty) as penalty, min(distance) as distance
			from (select * from meant union all select * from slipped
				union all select place, null, 0, 0 from typed) as all_meant
			group by place, lexeme order by place, penalty, distance, lexeme
			""";

	/** So many words that begin as what was typed are meant, the most frequent. */
	private static final int BEGINNINGS = 12;

	/**
	 * So many words that are in no book are looked after; who types more finds nothing.
	 */
	private static final int MISSED = 4;

	/** So many words are meant by one that is mistyped, the nearest. */
	private static final int SLIPS = 3;

	private final DatabaseClient database;

	Meanings(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * What each of the words that were typed may mean. Nobody says in which language they
	 * are: a word means all that it is searched by in any. The last may be the beginning
	 * of a word. One that is in no book is taken for the nearest that are.
	 * @return cold; a meaning for each word, in the order of typing
	 */
	Mono<List<Meaning>> of(String typed) {
		return this.database.sql(MEANT)
			.bind("typed", typed)
			.bind("beginnings", BEGINNINGS)
			.bind("missed", MISSED)
			.bind("slips", SLIPS)
			.map((row) -> new Found(row.get("place", Integer.class),
					word(row.get("lexeme", String.class), row.get("penalty", Integer.class))))
			.all()
			.collectList()
			.map(Meanings::meanings);
	}

	private static @Nullable Word word(@Nullable String lexeme, int penalty) {
		return (lexeme != null) ? new Word(lexeme, penalty) : null;
	}

	private static List<Meaning> meanings(List<Found> found) {
		Map<Integer, List<Word>> words = new TreeMap<>();
		for (Found one : found) {
			List<Word> meant = words.computeIfAbsent(one.place(), (_) -> new ArrayList<>());
			if (one.word() != null) {
				meant.add(one.word());
			}
		}
		return words.values().stream().map(Meaning::new).toList();
	}

	private record Found(int place, @Nullable Word word) {
	}

}
