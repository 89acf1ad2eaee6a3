package lectern.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What the catalog asks of its database, and what it says when it does not get it. */
class CatalogDatabaseIntegrationTests extends CatalogFixture {

	@Test
	void writeBlockedByStalledTransactionTimesOutAndLeavesNothing() throws SQLException {
		long before = changeCount();
		try (Connection stalled = DriverManager.getConnection("jdbc:" + databaseUrl(), "postgres", "");
				Statement statement = stalled.createStatement()) {
			stalled.setAutoCommit(false);
			statement.execute("select * from log_head for update");
			expectProblem(put("/api/v1/books/held-up", "{\"title\":\"Held Up\"}").expectHeader()
				.valueEquals("Retry-After", "2"), HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
			this.anonymous.get().uri("/api/v1/books/held-up").exchange().expectStatus().isNotFound();
			stalled.rollback();
		}
		assertThat(changeCount()).isEqualTo(before);
		put("/api/v1/books/held-up", "{\"title\":\"Held Up\"}").expectStatus().isCreated();
	}

	@Test
	void failedAppendRollsBackWrite() {
		long before = changeCount();
		String headBefore = cursor(this.anonymous.get().uri("/api/v1/books?limit=1").exchange());
		sql("alter table change add constraint refuses check (subject <> 'fails-late') not valid");
		try {
			expectProblem(put("/api/v1/books/fails-late", "{\"title\":\"Fails Late\"}"),
					HttpStatus.INTERNAL_SERVER_ERROR, "internal");
		}
		finally {
			sql("alter table change drop constraint refuses");
		}
		this.anonymous.get().uri("/api/v1/books/fails-late").exchange().expectStatus().isNotFound();
		assertThat(changeCount()).isEqualTo(before);
		assertThat(cursor(this.anonymous.get().uri("/api/v1/books?limit=1").exchange())).isEqualTo(headBefore);
	}

	@Test
	void migrationRunsAsPlainDatabaseOwner() throws SQLException {
		String url = "jdbc:" + TestPostgres.database();
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("create role plain_owner login");
			statement.execute("alter database " + url.substring(url.lastIndexOf('/') + 1) + " owner to plain_owner");
		}
		assertThat(Flyway.configure().dataSource(url, "plain_owner", "").load().migrate().success).isTrue();
	}

	@Test
	void migrationKeepsDocumentsOfExistingBooks() throws SQLException {
		String url = "jdbc:" + TestPostgres.database();
		Flyway.configure().dataSource(url, "postgres", "").target("30").load().migrate();
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(
					"""
							insert into book (id, version, created_at, changed_at, document)
							select id, 2, '2026-01-01T00:00:00Z', '2026-11-28T07:59:01.123456Z',
								'{"title": "A", "topics": ["B"], "authors": [], "language": "en"}'
							from unnest(array['logged', 'not-logged']) as id;
							insert into change (position, type, subject, version, received_at, data) values
								(1, 'book-added', 'logged', 1, now(), '{"title":"First"}'),
								(2, 'book-changed', 'logged', 2, now(), '{"id":"logged","title":"A","topics":["B"],"language":"en"}')
							""");
			Flyway.configure().dataSource(url, "postgres", "").load().migrate();
			assertThat(rows(statement, "select document::text from book order by id")).satisfiesExactly(
					(logged) -> assertThat(logged)
						.isEqualTo("{\"id\":\"logged\",\"title\":\"A\",\"topics\":[\"B\"],\"language\":\"en\"}"),
					(notLogged) -> assertThat(this.mapper.readTree(notLogged)).isEqualTo(this.mapper.readTree("""
							{"id":"not-logged","title":"A","topics":["B"],"authors":[],"language":"en","version":2,
							"createdAt":"2026-01-01T00:00:00.000000Z","changedAt":"2026-11-28T07:59:01.123456Z"}
							""")));
			assertThat(rows(statement, "select facet || ' ' || book || ' ' || (marks <> 0) from book_facet order by 1"))
				.containsExactly("language=en logged true", "language=en not-logged true", "topic=b logged true",
						"topic=b not-logged true");
		}
	}

	private static List<String> rows(Statement statement, String query) throws SQLException {
		List<String> rows = new ArrayList<>();
		try (ResultSet result = statement.executeQuery(query)) {
			while (result.next()) {
				rows.add(result.getString(1));
			}
		}
		return rows;
	}

	private void sql(String statement) {
		this.database.sql(statement).then().block(HANG_LIMIT);
	}

}
