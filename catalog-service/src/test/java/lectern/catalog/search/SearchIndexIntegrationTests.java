package lectern.catalog.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.catalog.book.RandomBookGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The triggers that keep the tables of search consistent with the books. */
class SearchIndexIntegrationTests {

	private static final List<String> TABLES = List.of("indexed_book", "posting", "word_form", "book_facet", "facet");

	private static SearchDatabase database;

	@BeforeAll
	static void createDatabase() throws SQLException {
		database = new SearchDatabase();
	}

	@AfterAll
	static void closeDatabase() throws SQLException {
		database.close();
	}

	@BeforeEach
	void truncateBooks() throws SQLException {
		database.execute("truncate book, book_fingerprint");
	}

	@Test
	void insertFillsEveryTable() throws SQLException {
		database.putBook("one", book("Flying Kites", "Ann", "Toys"));
		String number = database.value("select number from book");
		assertThat(index()).isEqualTo(Map.of("indexed_book",
				List.of(number + " 'ann':3B 'fli':1A 'kite':2A 'toy':4C {author=ann,language=en,topic=toys}"),
				"posting", List.of("ann 66 " + number, "fli 2 " + number, "kite 2 " + number, "toy 130 " + number),
				"word_form", List.of("ann ann 1", "flying fli 1", "kites kite 1", "toys toy 1"), "book_facet",
				signed("author=ann one", "language=en one", "topic=toys one"), "facet",
				List.of("author=ann Ann 1", "language=en en 1", "topic=toys Toys 1")));
	}

	@Test
	void updateReplacesRowsOfBook() throws SQLException {
		database.putBook("one", book("Flying Kites", "Ann", "Toys"));
		database.putBook("two", book("Kites", "Ann", "toys"));
		database.putBook("one", book("Sailing", "Bob", "Toys"));
		assertThat(index().get("word_form")).containsExactly("ann ann 1", "bob bob 1", "kites kite 1", "sailing sail 1",
				"toys toy 2");
		assertThat(index().get("facet")).containsExactly("author=ann Ann 1", "author=bob Bob 1", "language=en en 2",
				"topic=toys Toys 2");
		assertThat(database.rows("select id from book join search.posting using (number) where term = 'kite'"))
			.containsExactly("two");
		assertThat(database.rows("select book from search.book_facet where facet = 'author=bob'"))
			.containsExactly("one");
	}

	@Test
	void deleteRemovesRowsOfBook() throws SQLException {
		database.putBook("stays", book("Kites", "Ann", "Toys"));
		Map<String, List<String>> before = index();
		database.putBook("goes", book("Flying Kites", "Bob", "Toys"));
		database.execute("delete from book where id = 'goes'");
		assertThat(index()).isEqualTo(before);
	}

	@Test
	void truncateEmptiesEveryTable() throws SQLException {
		database.putBook("one", book("Flying Kites", "Ann", "Toys"));
		database.execute("truncate book, book_fingerprint");
		assertThat(index().values()).allMatch(List::isEmpty);
	}

	@Test
	void rolledBackWriteLeavesIndexUnchanged() throws SQLException {
		database.putBook("one", book("Kites", "Ann", "Toys"));
		Map<String, List<String>> before = index();
		database.execute("begin");
		try {
			database.putBook("one", book("Boats", "Bob", "Toys"));
			database.putBook("two", book("Boats", "Bob", "Toys"));
		}
		finally {
			database.execute("rollback");
		}
		assertThat(index()).isEqualTo(before);
	}

	@Test
	void oneStatementIndexesManyBooks() throws SQLException {
		database.execute(
				"""
						insert into book (id, version, created_at, changed_at, document)
						select 'book-' || n, 1, now(), now(), jsonb_build_object('title', 'Kites ' || n, 'topics', array['Toys'])
						from generate_series(1, 500) as n
						""");
		assertThat(database.value("select book_count from search.word_form where form = 'kites'")).isEqualTo("500");
		database.execute("update book set version = 2 where id like 'book-1%'");
		assertThat(database.value("select book_count from search.facet")).isEqualTo("500");
		database.execute("delete from book where id like 'book-1%'");
		assertThat(database.value("select count(*) from search.posting where term = 'kites'")).isEqualTo("389");
		assertThat(database.value("select book_count from search.facet")).isEqualTo("389");
	}

	@Test
	void repeatedMigrationRebuildsSameIndex() throws SQLException {
		JsonMapper mapper = JsonMapper.builder().build();
		for (int n = 0; n < 300; n++) {
			database.putBook("random-" + n, mapper.writeValueAsString(new RandomBookGenerator(n).document("mark" + n)));
		}
		for (int n = 0; n < 300; n += 3) {
			database.putBook("random-" + n,
					mapper.writeValueAsString(new RandomBookGenerator(1_000 + n).document("mark" + n)));
		}
		database.execute("delete from book where id like 'random-%7'");
		// The spelling of a facet is that of the first book that had it.
		database.execute("update search.facet set name = 'any'");
		Map<String, List<String>> before = index();

		database.repeatSearchMigration();

		database.execute("update search.facet set name = 'any'");
		assertThat(index()).isEqualTo(before);
		database.putBook("added-later", book("Flying Kites", "Ann", "Toys"));
		assertThat(database.value("select count(*) from search.posting where term = 'kite'")).isEqualTo("1");
	}

	@Test
	void emptyCatalogCanBeRebuilt() throws SQLException {
		database.repeatSearchMigration();
		assertThat(index().values()).allMatch(List::isEmpty);
	}

	@Test
	void packageDocumentationNamesEveryTableFunctionAndTrigger() throws SQLException, IOException {
		String documentation = Files.readString(Path.of("src/main/java/lectern/catalog/search/package-info.java"));
		assertThat(database.rows("""
				select relname from pg_class where relnamespace = 'search'::regnamespace and relkind = 'r'
				union select proname from pg_proc where pronamespace = 'search'::regnamespace
				union select tgname from pg_trigger where tgrelid = 'book'::regclass and not tgisinternal
				""")).hasSizeGreaterThan(20).allMatch((name) -> documentation.contains("{@code " + name + "}"));
	}

	private static String book(String title, String author, String topic) {
		return """
				{"title":"%s","authors":["%s"],"topics":["%s"],"language":"en"}
				""".formatted(title, author, topic);
	}

	private static List<String> signed(String... rows) throws SQLException {
		String signature = database.value("select search.facet_signature(facets) from search.indexed_book");
		return List.of(rows).stream().map((row) -> row + " " + signature).toList();
	}

	private static Map<String, List<String>> index() throws SQLException {
		Map<String, List<String>> index = new LinkedHashMap<>();
		for (String table : TABLES) {
			index.put(table, database.rows("select * from search." + table + " order by 1, 2"));
		}
		return index;
	}

}
