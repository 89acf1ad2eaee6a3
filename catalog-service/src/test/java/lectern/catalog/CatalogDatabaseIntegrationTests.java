package lectern.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Migrations, timeouts and rollbacks of the catalog's database. */
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
	void migrationRefusesSchemaOfOtherVersion() throws SQLException {
		String url = "jdbc:" + TestPostgres.database();
		Flyway flyway = Flyway.configure().dataSource(url, "postgres", "").load();
		flyway.migrate();
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("update flyway_schema_history set checksum = checksum + 1 where version = '1'");
		}
		assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayValidateException.class)
			.hasMessageContaining("checksum mismatch for migration version 1");
	}

	private void sql(String statement) {
		this.database.sql(statement).then().block(HANG_LIMIT);
	}

}
