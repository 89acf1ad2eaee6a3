package lectern.progress.reader;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import lectern.progress.catalog.TestCatalog;
import lectern.progress.log.EventLog;
import lectern.streaming.postgres.TestPostgres;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The whole service with a catalog to follow, and readers who are signed in. */
public final class SignedInProgress implements AutoCloseable {

	private final TestCatalog catalog = new TestCatalog();

	private final RunningProgress progress = RunningProgress.start(TestPostgres.database(),
			"lectern.catalog.url=" + this.catalog.url());

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	public TestCatalog catalog() {
		return this.catalog;
	}

	public DatabaseClient database() {
		return this.progress.database();
	}

	public EventLog log() {
		return this.progress.log();
	}

	/** Add a book to the catalog, and wait until the service knows it. */
	public void knowsBook(String id, String title, String author) {
		this.catalog.book(id, title, author);
		eventually("select exists (select from known_book where id = '" + id + "')");
	}

	/** Add a path of one gate with one book to the catalog, and wait for it. */
	public void knowsPath(String id, String book) {
		this.catalog.path(id, 1,
				"[{\"id\":\"basics\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"" + book + "\"}]}]");
		eventually("select exists (select from known_path where id = '" + id + "')");
	}

	/** Wait until a query's one row says true. */
	public void eventually(String sql) {
		database().sql(sql)
			.map((row) -> row.get(0, Boolean.class))
			.one()
			.filter(Boolean.TRUE::equals)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(20)))
			.timeout(HANG_LIMIT, Mono.error(() -> new AssertionError("Never came true: " + sql)))
			.block(HANG_LIMIT.plusSeconds(1));
	}

	/** The port of the API. */
	public int port() {
		return this.progress.uri("/").getPort();
	}

	/** A client without a token. */
	public WebTestClient anybody() {
		return this.progress.client;
	}

	/** A client with a reader's token. */
	public WebTestClient as(String reader) {
		String token = token(reader);
		return this.progress.client.mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
	}

	/** The token of a reader, who is registered when first asked for. */
	public String token(String reader) {
		return this.tokens.computeIfAbsent(reader, (_) -> {
			this.progress.register(reader).expectStatus().isCreated().expectBody();
			return this.progress.token(reader);
		});
	}

	@Override
	public void close() {
		this.progress.close();
		this.catalog.close();
	}

}
