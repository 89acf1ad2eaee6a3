package lectern.catalog.seed;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import lectern.catalog.CatalogApplication;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.Books;
import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.ConditionalRequest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The first start seeds the catalog; later starts do not. */
class SeedIntegrationTests {

	private final String url = TestPostgres.database();

	@Test
	void restartDoesNotSeedAgainOrOverwriteChanges() {
		run((catalog) -> {
			assertThat(log(catalog)).containsExactly("book-added architecture-patterns-with-python 1",
					"book-added fluent-python 1", "book-added high-performance-python 1",
					"book-added the-design-of-web-apis 1", "book-added using-asyncio-in-python 1",
					"path-added temporal-architect 1");
			change(catalog, "fluent-python");
		});
		run((catalog) -> {
			assertThat(log(catalog)).hasSize(7).endsWith("book-changed fluent-python 2");
			assertThat(title(catalog, "fluent-python")).isEqualTo("A curator's own title");
			// As if a curator had removed it.
			sql(catalog, "delete from path");
		});
		run((catalog) -> assertThat(log(catalog)).hasSize(7));
	}

	@Test
	void restartCompletesInterruptedSeeding() {
		run((catalog) -> {
			change(catalog, "using-asyncio-in-python");
			sql(catalog, "delete from seeding_complete");
			sql(catalog, "delete from path");
			sql(catalog, "delete from book_fingerprint where book = 'the-design-of-web-apis'");
			sql(catalog, "delete from book where id = 'the-design-of-web-apis'");
		});
		run((catalog) -> {
			assertThat(log(catalog)).hasSize(9)
				.endsWith("book-added the-design-of-web-apis 1", "path-added temporal-architect 1");
			assertThat(title(catalog, "using-asyncio-in-python")).isEqualTo("A curator's own title");
		});
	}

	@Test
	void failedSeedingIsNotReadyAndRetried() {
		run((catalog) -> sql(catalog, "alter table seeding_complete rename to hidden"));
		try (ConfigurableApplicationContext catalog = start()) {
			CatalogSeeder seed = catalog.getBean(CatalogSeeder.class);
			assertThat(readiness(catalog)).isEqualTo(503);
			assertThat(seed.isRunning()).isTrue();
			sql(catalog, "alter table hidden rename to seeding_complete");
			awaitSeeded(catalog);
			assertThat(readiness(catalog)).isEqualTo(200);
			assertThat(log(catalog)).hasSize(6);
			seed.stop();
			assertThat(seed.isRunning()).isFalse();
		}
	}

	private void run(Consumer<ConfigurableApplicationContext> action) {
		try (ConfigurableApplicationContext catalog = start()) {
			awaitSeeded(catalog);
			action.accept(catalog);
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(CatalogApplication.class).run("--lectern.database.url=" + this.url,
				"--lectern.database.user=postgres", "--server.port=0", "--management.server.port=0");
	}

	private static void awaitSeeded(ConfigurableApplicationContext catalog) {
		Mono.defer(catalog.getBean(CatalogSeeder.class)::health)
			.filter((health) -> health.getStatus().equals(Status.UP))
			.repeatWhenEmpty(200, (repeats) -> repeats.delayElements(Duration.ofMillis(50)))
			.block(HANG_LIMIT);
	}

	private static int readiness(ConfigurableApplicationContext catalog) {
		return WebClient.create("http://127.0.0.1:" + catalog.getEnvironment().getProperty("local.management.port"))
			.get()
			.uri("/actuator/health/readiness")
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block(HANG_LIMIT);
	}

	private static void change(ConfigurableApplicationContext catalog, String book) {
		BookContent content = new BookContent("A curator's own title", null, null, null, null, null, null, null, null,
				null, null);
		catalog.getBean(Books.class).put(book, content, new ConditionalRequest("*", null)).block(HANG_LIMIT);
	}

	private static String title(ConfigurableApplicationContext catalog, String book) {
		return catalog.getBean(DatabaseClient.class)
			.sql("select document ->> 'title' as title from book where id = :book")
			.bind("book", book)
			.map((row) -> row.get("title", String.class))
			.one()
			.block(HANG_LIMIT);
	}

	private static List<String> log(ConfigurableApplicationContext catalog) {
		return catalog.getBean(DatabaseClient.class)
			.sql("select type || ' ' || subject || ' ' || version as line from change order by position")
			.map((row) -> row.get("line", String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT);
	}

	private static void sql(ConfigurableApplicationContext catalog, String statement) {
		catalog.getBean(DatabaseClient.class).sql(statement).then().block(HANG_LIMIT);
	}

}
