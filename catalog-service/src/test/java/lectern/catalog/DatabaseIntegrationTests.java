package lectern.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.streaming.postgres.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** What the catalog asks of its database, and what it says when it does not get it. */
class DatabaseIntegrationTests extends CatalogFixture {

	@Test
	void aWriterThatStallsHoldsUpOthersForAMomentOnlyAndNothingIsHalfDone() throws SQLException {
		long before = changes();
		try (Connection stalled = DriverManager.getConnection("jdbc:" + databaseUrl(), "postgres", "");
				Statement statement = stalled.createStatement()) {
			stalled.setAutoCommit(false);
			statement.execute("select * from log_head for update");
			expectProblem(put("/api/v1/books/held-up", "{\"title\":\"Held Up\"}").expectHeader()
				.valueEquals("Retry-After", "2"), HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
			this.anyone.get().uri("/api/v1/books/held-up").exchange().expectStatus().isNotFound();
			stalled.rollback();
		}
		assertThat(changes()).isEqualTo(before);
		put("/api/v1/books/held-up", "{\"title\":\"Held Up\"}").expectStatus().isCreated();
	}

	@Test
	void aWriteThatFailsAtTheVeryEndLeavesNothing() {
		long before = changes();
		String headBefore = cursor(this.anyone.get().uri("/api/v1/books?limit=1").exchange());
		sql("alter table change add constraint refuses check (subject <> 'fails-late') not valid");
		try {
			expectProblem(put("/api/v1/books/fails-late", "{\"title\":\"Fails Late\"}"),
					HttpStatus.INTERNAL_SERVER_ERROR, "internal");
		}
		finally {
			sql("alter table change drop constraint refuses");
		}
		this.anyone.get().uri("/api/v1/books/fails-late").exchange().expectStatus().isNotFound();
		assertThat(changes()).isEqualTo(before);
		assertThat(cursor(this.anyone.get().uri("/api/v1/books?limit=1").exchange())).isEqualTo(headBefore);
	}

	@Test
	void theSchemaNeedsNoMoreThanToOwnTheDatabase() throws SQLException {
		String url = "jdbc:" + TestPostgres.database();
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("create role plain_owner login");
			statement.execute("alter database " + url.substring(url.lastIndexOf('/') + 1) + " owner to plain_owner");
		}
		assertThat(Flyway.configure().dataSource(url, "plain_owner", "").load().migrate().success).isTrue();
	}

	private void sql(String statement) {
		this.database.sql(statement).then().block(SOON);
	}

}
