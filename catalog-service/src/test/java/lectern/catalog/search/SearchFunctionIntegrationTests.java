package lectern.catalog.search;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The SQL functions of the schema {@code search}, one by one. */
class SearchFunctionIntegrationTests {

	private static SearchDatabase database;

	@BeforeAll
	static void createDatabase() throws SQLException {
		database = new SearchDatabase();
	}

	@AfterAll
	static void closeDatabase() throws SQLException {
		database.close();
	}

	@Test
	void everyFunctionIsTestedHere() throws SQLException {
		// The last four are tested by SearchIndexIntegrationTests.
		assertThat(database.rows("select proname from pg_proc where pronamespace = 'search'::regnamespace"))
			.containsExactlyInAnyOrder("configuration", "corrections", "facet_signature", "facets", "fold",
					"plain_text", "rank_weights", "score", "score_step", "scores", "stemmers", "stems", "terms",
					"weight", "weights", "weights_before", "weights_through", "word_forms", "add_books",
					"on_books_added", "on_books_removed", "on_books_truncated");
	}

	@Test
	void weightsOrderFields() throws SQLException {
		assertThat(database.rows("""
				select search.weight('title'), search.weight('author'), search.weight('topic'), search.weight('text')
				""")).containsExactly("A B C D");
		assertThat(database.value("select search.weights()")).isEqualTo("{a,b,c,d}");
		assertThat(database.value("select search.rank_weights()")).isEqualTo("{0.05,0.2,0.5,1}");
	}

	@ParameterizedTest
	@CsvSource({ "{A}, 1, 1", "{A}, 7, 7", "{A}, 63, 63", "{A}, 500, 63", "'{A,D}', 2, 2", "'{D,A}', 2, 2",
			"{B}, 3, 67", "'{B,C,D}', 3, 67", "{C}, 3, 131", "{D}, 3, 195", "{D}, 500, 255" })
	void scoreIsBestFieldThenTitleLength(String labels, int titleWords, String score) throws SQLException {
		assertThat(database.value("select search.score(?::text[], ?::bigint)", labels, titleWords)).isEqualTo(score);
	}

	@ParameterizedTest
	@CsvSource({ "0, {}, {a}", "63, {}, {a}", "64, {a}, '{a,b}'", "130, '{a,b}', '{a,b,c}'",
			"255, '{a,b,c}', '{a,b,c,d}'" })
	void weightsAreComparedWithScore(int score, String before, String through) throws SQLException {
		assertThat(database.value("select search.weights_before(?)", score)).isEqualTo(before);
		assertThat(database.value("select search.weights_through(?)", score)).isEqualTo(through);
	}

	@Test
	void penaltiesAreSmallerThanScoreStep() throws SQLException {
		int step = Integer.parseInt(database.value("select search.score_step()"));
		assertThat(QueryExpander.STEM_PENALTY).isBetween(1, QueryExpander.COMPLETION_PENALTY - 1);
		assertThat(QueryExpander.COMPLETION_PENALTY).isLessThan(step);
	}

	@Test
	void everyStemmerHasConfigurationAndDictionary() throws SQLException {
		List<String> stemmers = database.rows("select unnest(search.stemmers())::text order by 1");
		assertThat(stemmers).hasSize(29).isEqualTo(database.rows("""
				select dictnamespace::regnamespace || '.' || dictname from pg_ts_dict
				where dictnamespace = 'search'::regnamespace and dictname <> 'unstemmed' order by 1
				""")).isEqualTo(database.rows("""
				select cfgnamespace::regnamespace || '.' || cfgname from pg_ts_config
				where cfgnamespace = 'search'::regnamespace and cfgname <> 'unstemmed' order by 1
				"""));
	}

	@ParameterizedTest
	@CsvSource({ "en, english", "EN-gb, english", "fr-CA, french", "nn, norwegian", "no, norwegian", "sr-Latn, serbian",
			"zh, unstemmed", "xx, unstemmed", "e, unstemmed", ", unstemmed" })
	void configurationFollowsLanguage(String language, String configuration) throws SQLException {
		assertThat(database.value("select search.configuration(?)", language)).isEqualTo("search." + configuration);
	}

	@ParameterizedTest
	@CsvSource({ "C++, Cplusplus", "C#, Csharp", "Node.js, Node js", "a/b@c, a b c", "'it''s', it s", "流畅的, 流畅的" })
	void plainTextHasNoPunctuation(String text, String plain) throws SQLException {
		assertThat(database.value("select search.plain_text(?)", text)).isEqualTo(plain);
	}

	@Test
	void termsHaveStemsOfLanguageAndLabelsOfFields() throws SQLException {
		assertThat(database.value("select search.terms(?::jsonb)", """
				{"title":"The Écoles","otherTitles":["Schools"],"authors":["Jean Schools"],"topics":["Teaching"],
				"language":"en","summary":"It teaches.","keyPoints":["Points"],"whyItMatters":"Mattering"}
				""")).isEqualTo(
				"'ecol':2A 'it':7 'jean':4B 'matter':10 'point':9 'school':3A 'schools':5B" + " 'teach':6C,8 'the':1A");
		assertThat(database.value("select search.terms('{\"title\":\"Les écoles\",\"language\":\"fr\"}')"))
			.isEqualTo("'ecol':2A 'le':1A");
		assertThat(database.value("select search.terms('{\"title\":\"Schools\"}')")).isEqualTo("'schools':1A");
		assertThat(database.value("select search.terms('{}')")).isEmpty();
	}

	@Test
	void wordFormsMapWrittenWordsToTerms() throws SQLException {
		assertThat(database.rows("select * from search.word_forms(?::jsonb) order by 1, 2", """
				{"title":"Schools","otherTitles":["Écoles"],"authors":["Ann Schools"],"topics":["Teaching"],
				"language":"en","summary":"teaches","keyPoints":["Points"],"whyItMatters":"It"}
				""")).containsExactly("ann ann", "ecoles ecol", "it it", "points point", "schools school",
				"schools schools", "teaches teach", "teaching teach");
	}

	@Test
	void stemsAreThoseOfAllLanguages() throws SQLException {
		assertThat(database.rows("select search.stems('schools')")).contains("school", "schools")
			.doesNotHaveDuplicates();
		assertThat(database.rows("select search.stems('книги')")).contains("книг");
	}

	@Test
	void scoresRankEachTermByItsBestField() throws SQLException {
		assertThat(database.rows("select * from search.scores(search.terms(?::jsonb)) order by 1", """
				{"title":"One two","otherTitles":["Three"],"authors":["Four two"],"topics":["Five"],"summary":"Six one"}
				""")).containsExactly("five 131", "four 67", "one 3", "six 195", "three 3", "two 3");
		assertThat(database.rows("select * from search.scores(?::tsvector)", "'late':1A,2 'early':3,4A"))
			.containsExactlyInAnyOrder("late 2", "early 2");
	}

	@ParameterizedTest
	@CsvSource({ "Émile DUPONT, emile dupont", "Łódź, lodz", "ΩMEGA, ωmega", "e\u0301, e", "data%, data%" })
	void foldIgnoresCaseAndAccents(String name, String folded) throws SQLException {
		assertThat(database.value("select search.fold(?)", name)).isEqualTo(folded);
	}

	@Test
	void facetsHaveValueAsSpelledByDocument() throws SQLException {
		assertThat(database.rows("select facet || ' | ' || name from search.facets(?::jsonb) order by 1", """
				{"topics":["Data Bases","DATA BASES","Émail"],"authors":["Ann"],"level":"beginner","language":"fr-CA",
				"freeAccess":[{"kind":"talk","url":"a"},{"kind":"talk","url":"b"}]}
				""")).containsExactly("access=talk | talk", "author=ann | Ann", "language=fr | fr",
				"language=fr-ca | fr-ca", "level=beginner | beginner", "topic=data bases | DATA BASES",
				"topic=email | Émail");
		assertThat(database.rows("select * from search.facets('{}')")).isEmpty();
	}

	@Test
	void facetSignatureHasBitsOfAllFacets() throws SQLException {
		assertThat(database.value("""
				select bool_and(search.facet_signature(array[a, b])
					= search.facet_signature(array[a]) | search.facet_signature(array[b]))
				from (values ('topic=a', 'topic=b'), ('level=beginner', 'language=en')) as pairs (a, b)
				""")).isEqualTo("t");
		assertThat(database.value("select bit_count(search.facet_signature(array['topic=a'])::bit(64))"))
			.isEqualTo("1");
		assertThat(database.value("select search.facet_signature('{}')")).isEqualTo("null");
	}

	@Test
	void correctionsAreNearestFormsMostFrequentFirst() throws SQLException {
		database.execute(
				"""
						insert into search.word_form (form, term, book_count)
						values ('quokka', 'quokka', 5), ('quokkas', 'quokka', 9), ('quotas', 'quota', 99), ('quakka', 'quakka', 2)
						""");
		assertThat(database.rows("select * from search.corrections('quokkka', 3)")).containsExactly("quokka 1");
		assertThat(database.rows("select * from search.corrections('quokkass', 3)")).containsExactly("quokka 1");
		assertThat(database.rows("select * from search.corrections('qukka', 3)")).containsExactly("quokka 1",
				"quakka 1");
		assertThat(database.rows("select * from search.corrections('qukka', 1)")).containsExactly("quokka 1");
		assertThat(database.rows("select * from search.corrections('zebra', 3)")).isEmpty();
		assertThat(database.rows("select * from search.corrections(?, 3)", "q".repeat(200))).isEmpty();
	}

}
