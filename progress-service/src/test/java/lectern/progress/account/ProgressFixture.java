package lectern.progress.account;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import lectern.progress.catalogreplica.TestCatalog;
import lectern.progress.eventlog.EventLog;
import lectern.streaming.postgreslog.TestPostgres;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The whole service with a catalog to follow, and readers who are signed in. */
public final class ProgressFixture implements AutoCloseable {

	private final TestCatalog catalog = new TestCatalog();

	private final ProgressInstance instance = ProgressInstance.start(TestPostgres.database(),
			"lectern.catalog.url=" + this.catalog.url());

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	public TestCatalog catalog() {
		return this.catalog;
	}

	public DatabaseClient database() {
		return this.instance.database();
	}

	public EventLog log() {
		return this.instance.log();
	}

	/** Add a book to the catalog, and wait until the service knows it. */
	public void addBook(String id, String title, String author) {
		this.catalog.putBook(id, title, author);
		awaitTrue("select exists (select from book_replica where id = '" + id + "')");
	}

	/** Add a path of one gate with one book to the catalog, and wait for it. */
	public void addPath(String id, String book) {
		this.catalog.putPath(id, 1,
				"[{\"id\":\"basics\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"" + book + "\"}]}]");
		awaitTrue("select exists (select from path_replica where id = '" + id + "')");
	}

	/** Wait until a query's one row says true. */
	public void awaitTrue(String sql) {
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
		return this.instance.uri("/").getPort();
	}

	/** A client without a token. */
	public WebTestClient anonymousClient() {
		return this.instance.client;
	}

	/** A client with a reader's token. */
	public WebTestClient clientOf(String reader) {
		String token = token(reader);
		return this.instance.client.mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
	}

	/** The token of a reader, who is registered when first asked for. */
	public String token(String reader) {
		return this.tokens.computeIfAbsent(reader, (_) -> {
			this.instance.register(reader).expectStatus().isCreated().expectBody();
			return this.instance.token(reader);
		});
	}

	@Override
	public void close() {
		this.instance.close();
		this.catalog.close();
	}

}
