package lectern.catalog.seed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

import lectern.catalog.RunningCatalog;
import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Status;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The first start seeds the catalog; later starts do not. */
class SeedIntegrationTests {

	private static final String OWN_TITLE = "A curator's own title";

	private final String databaseUrl = TestPostgres.database();

	@Test
	void restartDoesNotSeedAgainOrOverwriteChanges() {
		run((catalog) -> {
			assertThat(catalog.changes()).containsExactly("book-added architecture-patterns-with-python 1",
					"book-added fluent-python 1", "book-added high-performance-python 1",
					"book-added the-design-of-web-apis 1", "book-added using-asyncio-in-python 1",
					"path-added temporal-architect 1");
			changeTitle(catalog, "fluent-python");
			// As if a curator had removed it.
			catalog.execute("delete from path");
		});
		run((catalog) -> {
			assertThat(catalog.changes()).hasSize(7).endsWith("book-changed fluent-python 2");
			catalog.anonymous().get("/books/fluent-python").assertMember("/title", OWN_TITLE);
		});
	}

	@Test
	void restartCompletesInterruptedSeeding() {
		run((catalog) -> {
			changeTitle(catalog, "using-asyncio-in-python");
			catalog.execute("delete from seeding_complete");
			catalog.execute("delete from path");
			catalog.execute("delete from book_fingerprint where book = 'the-design-of-web-apis'");
			catalog.execute("delete from book where id = 'the-design-of-web-apis'");
		});
		run((catalog) -> {
			assertThat(catalog.changes()).hasSize(9)
				.endsWith("book-added the-design-of-web-apis 1", "path-added temporal-architect 1");
			catalog.anonymous().get("/books/using-asyncio-in-python").assertMember("/title", OWN_TITLE);
		});
	}

	@Test
	void failedSeedingIsNotReadyAndRetried() throws SQLException {
		migrateAndHideTable();
		try (RunningCatalog catalog = RunningCatalog.start(this.databaseUrl)) {
			CatalogSeeder seeder = catalog.bean(CatalogSeeder.class);
			catalog.management().get("/actuator/health/readiness").assertStatus(503);
			assertThat(seeder.isRunning()).isTrue();
			catalog.execute("alter table hidden rename to seeding_complete");
			awaitSeeded(catalog);
			catalog.management().get("/actuator/health/readiness").assertStatus(200);
			assertThat(catalog.changes()).hasSize(6);
			seeder.stop();
			assertThat(seeder.isRunning()).isFalse();
		}
	}

	private void migrateAndHideTable() throws SQLException {
		String jdbcUrl = "jdbc:" + this.databaseUrl;
		Flyway.configure().dataSource(jdbcUrl, "postgres", "").load().migrate();
		try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("alter table seeding_complete rename to hidden");
		}
	}

	private void run(Consumer<RunningCatalog> action) {
		try (RunningCatalog catalog = RunningCatalog.start(this.databaseUrl)) {
			awaitSeeded(catalog);
			action.accept(catalog);
		}
	}

	private static void awaitSeeded(RunningCatalog catalog) {
		Mono.defer(catalog.bean(CatalogSeeder.class)::health)
			.filter((health) -> health.getStatus().equals(Status.UP))
			.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(50)))
			.block(HANG_LIMIT);
	}

	private static void changeTitle(RunningCatalog catalog, String book) {
		catalog.saveBook(book, "{\"title\":\"%s\"}".formatted(OWN_TITLE));
	}

}
