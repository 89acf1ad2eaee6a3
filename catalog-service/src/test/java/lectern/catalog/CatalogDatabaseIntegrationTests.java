package lectern.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestApiClient;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Migrations, timeouts and rollbacks of the catalog's database. */
class CatalogDatabaseIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void writeBlockedByStalledTransactionTimesOutAndLeavesNothing() throws SQLException {
		long before = this.catalog.changeCount();
		try (Connection stalled = DriverManager.getConnection("jdbc:" + this.catalog.databaseUrl(), "postgres", "");
				Statement statement = stalled.createStatement()) {
			stalled.setAutoCommit(false);
			statement.execute("select * from log_head for update");
			this.curator.put("/books/held-up", "{\"title\":\"Held Up\"}")
				.assertProblem(503, "unavailable")
				.assertHeader("Retry-After", "2");
			this.curator.get("/books/held-up").assertStatus(404);
			stalled.rollback();
		}
		assertThat(this.catalog.changeCount()).isEqualTo(before);
		this.curator.put("/books/held-up", "{\"title\":\"Held Up\"}").assertStatus(201);
	}

	@Test
	void failedAppendRollsBackWrite() {
		long before = this.catalog.changeCount();
		String headBefore = this.curator.get("/books?limit=1").cursor();
		this.catalog.execute("alter table change add constraint refuses check (subject <> 'fails-late') not valid");
		try {
			this.curator.put("/books/fails-late", "{\"title\":\"Fails Late\"}").assertProblem(500, "internal");
		}
		finally {
			this.catalog.execute("alter table change drop constraint refuses");
		}
		this.curator.get("/books/fails-late").assertStatus(404);
		assertThat(this.catalog.changeCount()).isEqualTo(before);
		this.curator.get("/books?limit=1").assertHeader("Cursor", headBefore);
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

	/** Each index costs something in every write. */
	@Test
	void everyIndexNamesTheQueryThatNeedsIt() throws SQLException {
		String url = "jdbc:" + TestPostgres.database();
		Flyway.configure().dataSource(url, "postgres", "").load().migrate();
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet unexplained = statement.executeQuery("""
						select indexrelid::regclass::text from pg_index
						where obj_description(indexrelid) is null
						    and not exists (select from pg_constraint where conindid = indexrelid)
						    and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
						    and indrelid <> 'flyway_schema_history'::regclass
						""")) {
			assertThat(unexplained.next() ? unexplained.getString(1) : "none").isEqualTo("none");
		}
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

}
