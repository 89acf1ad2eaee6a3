package lectern.catalog.search;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import lectern.catalog.RunningCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The query plans of searches in a large catalog use indexes and scan no table: with
 * 8,000 books in every build, with 100,000 under {@code -Dlectern.proof=true}.
 */
class SearchPlanIntegrationTests {

	private static final RunningCatalog CATALOG = RunningCatalog.seeded();

	private static final int BOOKS = Boolean.getBoolean("lectern.proof") ? 100_000 : 8_000;

	@BeforeEach
	void insertBooks() throws SQLException {
		execute("""
				insert into book (id, version, created_at, changed_at, document)
				select 'plan-' || n, 1, now(), now(), jsonb_build_object('title', 'Plan ' || n || ' of ' || md5((n %% 100)::text),
					'otherTitles', '[]'::jsonb, 'authors', jsonb_build_array('Author ' || n %% 2000),
					'topics', jsonb_build_array('Topic ' || n %% 50, 'Plans'), 'language', 'en', 'keyPoints', '[]'::jsonb,
					'editions', '[]'::jsonb, 'freeAccess', '[]'::jsonb)
				from generate_series(1, %d) as n
				"""
			.formatted(BOOKS));
		execute("analyze");
	}

	@AfterEach
	void deleteBooks() throws SQLException {
		execute("delete from book where id like 'plan-%'");
		execute("analyze");
	}

	@Test
	void searchesUseNoSequentialScan() {
		assertNoSequentialScan(BooksById.ALL, (list) -> list.bind("after", "plan-9").bind("limit", 50));
		assertNoSequentialScan(BooksById.FILTERED,
				(list) -> list.bind("after", "plan-9")
					.bind("kinds", new String[] { "topic", "language" })
					.bind("values", new String[] { "Topic 7", "en" })
					.bind("limit", 50));
		assertNoSequentialScan(FacetCounts.COUNTS,
				(list) -> list.bind("after", "author=").bind("end", "author>").bind("limit", 51));
		for (String typed : List.of("plan", "author", "pla", "plann", "c4ca4238a0b923820dcc509a6f75849b",
				"plan author")) {
			assertNoSequentialScan(QueryExpander.EXPANSIONS,
					(words) -> QueryExpander.bindLimits(words.bind("typed", typed)));
		}
		for (String word : List.of("plan", "7", "c4ca4238a0b923820dcc509a6f75849b")) {
			assertNoSequentialScan(BooksByRank.SINGLE_TERM, (search) -> bindSingleTerm(search, word));
		}
		for (String query : List.of("'plan' & '77'", "'plan' & ('77' | 'c4ca4238a0b923820dcc509a6f75849b')", "'77'")) {
			assertNoSequentialScan(BooksByRank.ALL_TERMS, (search) -> bindAllTerms(search, query));
			assertNoSequentialScan(BooksByRank.ALL_TERMS_FILTERED,
					(search) -> bindAllTerms(search, query).bind("kinds", new String[] { "topic" })
						.bind("values", new String[] { "topic 7" }));
		}
	}

	private static GenericExecuteSpec bindSingleTerm(GenericExecuteSpec search, String word) {
		return search.bind("terms", new String[] { word, "other" })
			.bind("penalties", new Integer[] { 0, 8 })
			.bind("better", new String[] { "", "'" + word + "'" })
			.bind("worse", new String[] { "'other'", "" })
			.bind("score", 2)
			.bind("number", 700L)
			.bind("limit", 50);
	}

	private static GenericExecuteSpec bindAllTerms(GenericExecuteSpec search, String query) {
		return search.bind("query", query)
			.bind("candidates", query)
			.bind("rank", -0.5F)
			.bind("number", 700L)
			.bind("limit", 50);
	}

	private void assertNoSequentialScan(String sql, UnaryOperator<GenericExecuteSpec> parameters) {
		String plan = parameters.apply(CATALOG.database().sql("explain " + sql))
			.map((row) -> row.get(0, String.class))
			.all()
			.collect(Collectors.joining("\n"))
			.block(HANG_LIMIT);
		assertThat(plan).as(sql).doesNotContainPattern("Seq Scan on (book|indexed_book|posting|word_form|facet)");
	}

	/**
	 * Over a connection of its own, because the service limits its transactions to 5 s.
	 */
	private static void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:" + CATALOG.databaseUrl(), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
