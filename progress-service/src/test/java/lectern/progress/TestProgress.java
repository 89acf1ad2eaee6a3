package lectern.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.catalogreplica.TestCatalog;
import lectern.progress.eventlog.EventLog;
import lectern.streaming.sse.SseClient;
import lectern.web.TestApiClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The whole service for tests, with a catalog to follow. {@link #shared()} is the usual
 * one: it starts once for all tests of a JVM, so a test uses readers and, where it
 * changes them, books and paths of its own. A test that needs other settings, or writes
 * to the tables of the log itself, starts an instance for itself.
 */
public final class TestProgress implements AutoCloseable {

	private static final AtomicInteger READERS = new AtomicInteger();

	private final TestCatalog catalog;

	private final String url;

	private final ConfigurableApplicationContext context;

	private final TestSigningKey signingKey;

	private final boolean ownsCatalog;

	private TestProgress(TestCatalog catalog, boolean ownsCatalog, String url, String... settings) {
		this.catalog = catalog;
		this.ownsCatalog = ownsCatalog;
		this.url = url;
		this.context = new SpringApplicationBuilder(ProgressApplication.class)
			.initializers(TestProgress::useOwnEventLoops, TestProgress::countFrameworkRequests)
			// The shared instance ends with the JVM, in which the database stops as well.
			.registerShutdownHook(false)
			.run(arguments(catalog, url, settings));
		awaitReadiness();
		this.signingKey = TestSigningKey.of(database());
	}

	/** Return the instance that all tests of this JVM share; nobody closes it. */
	public static TestProgress shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Start an instance with a database and a catalog of its own.
	 * @param settings properties in the form {@code name=value}
	 */
	public static TestProgress start(String... settings) {
		return startOn(TestDatabase.create(), settings);
	}

	/** Start an instance on a database that exists, with a catalog of its own. */
	public static TestProgress startOn(String url, String... settings) {
		return new TestProgress(new TestCatalog(), true, url, settings);
	}

	/** Start one more instance on the same database, with the same catalog. */
	public TestProgress startPeer(String... settings) {
		return new TestProgress(this.catalog, false, this.url, settings);
	}

	private static String[] arguments(TestCatalog catalog, String url, String... settings) {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--management.server.port=0", "--lectern.database.url=" + url,
						"--lectern.database.user=postgres", "--lectern.database.password=postgres",
						"--spring.r2dbc.pool.max-size=4", "--lectern.catalog.url=" + catalog.url()));
		for (String setting : settings) {
			arguments.add("--" + setting);
		}
		return arguments.toArray(String[]::new);
	}

	/** Spring stops its event loops with the service; tests use the default ones. */
	private static void useOwnEventLoops(ConfigurableApplicationContext starting) {
		ReactorResourceFactory loops = new ReactorResourceFactory();
		loops.setUseGlobalResources(false);
		loops.setShutdownQuietPeriod(Duration.ZERO);
		((GenericApplicationContext) starting).registerBean(ReactorResourceFactory.class, () -> loops);
	}

	private static void countFrameworkRequests(ConfigurableApplicationContext starting) {
		((GenericApplicationContext) starting).registerBean(FrameworkRequestCounter.class);
	}

	private void awaitReadiness() {
		WebClient.create(baseUrl("local.management.port"))
			.get()
			.uri("/actuator/health/readiness")
			.retrieve()
			.toBodilessEntity()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(20)))
			.block(HANG_LIMIT);
	}

	private String baseUrl(String port) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(port);
	}

	/** Return a client without a token; its paths start with {@code /api/v1}. */
	public TestApiClient anonymous() {
		return TestApiClient.of(baseUrl("local.server.port"));
	}

	/** Return a client without a token that sees each byte of a response. */
	public RawHttpClient rawHttpClient() {
		return rawHttpClient("local.server.port");
	}

	/** Return a client of the management port. */
	public TestApiClient management() {
		return TestApiClient.of(baseUrl("local.management.port"));
	}

	/** Return a client of the management port that sees each byte of a response. */
	public RawHttpClient rawManagementClient() {
		return rawHttpClient("local.management.port");
	}

	/** Return the port of the API. */
	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private RawHttpClient rawHttpClient(String port) {
		return new RawHttpClient(this.context.getEnvironment().getRequiredProperty(port, Integer.class));
	}

	/** Return how many requests the web framework has handled. */
	public long frameworkRequests() {
		return this.context.getBean(FrameworkRequestCounter.class).count();
	}

	/** Return a bean of the service. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	/**
	 * Return the client of a reader with a valid token. An account with the name Ada is
	 * added if the reader has none; it has no password, which would take long to hash.
	 */
	public TestReader reader(String handle) {
		database()
			.sql("insert into account (reader, name, password_hash, roles) values (:reader, 'Ada', 'none', '{}')"
					+ " on conflict (reader) do nothing")
			.bind("reader", handle)
			.then()
			.block(HANG_LIMIT);
		return reader(handle, this.signingKey.sign(handle));
	}

	/** Return the client of a reader with any token. */
	public TestReader reader(String handle, String token) {
		SseClient sseClient = new SseClient(HttpClient.create()
			.baseUrl(baseUrl("local.server.port"))
			.headers((headers) -> headers.set("Authorization", "Bearer " + token)));
		return new TestReader(handle, token, anonymous().withToken(token), sseClient, database());
	}

	/** Return a reader that no other test uses. */
	public TestReader newReader() {
		return reader("reader-" + READERS.incrementAndGet());
	}

	public TestSigningKey signingKey() {
		return this.signingKey;
	}

	public TestCatalog catalog() {
		return this.catalog;
	}

	public DatabaseClient database() {
		return this.context.getBean(DatabaseClient.class);
	}

	public EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	/** Add a book to the catalog and wait until the service knows it. */
	public void addBook(String id, String title, String author) {
		this.catalog.putBook(id, title, author);
		awaitCatalog();
	}

	/**
	 * Add a book with editions to the catalog and wait until the service knows it.
	 * @param editions the editions as JSON
	 */
	public void addBook(String id, String title, String author, String editions) {
		this.catalog.putBook(id, title, author, editions);
		awaitCatalog();
	}

	/** Add a path of one gate with one book to the catalog and wait for it. */
	public void addPath(String id, String book) {
		this.catalog.putPath(id, 1,
				"[{\"id\":\"basics\",\"rule\":{\"type\":\"all\"},\"steps\":[{\"book\":\"" + book + "\"}]}]");
		awaitCatalog();
	}

	/** Wait until the service has applied every event of the catalog. */
	public void awaitCatalog() {
		awaitTrue("select cursor = '" + this.catalog.cursor() + "' from catalog_cursor");
	}

	/** Wait until a query returns true in its only row. */
	public void awaitTrue(String sql) {
		awaitTrue(database(), sql);
	}

	/** Wait until a query returns true in its only row. */
	public static void awaitTrue(DatabaseClient database, String sql) {
		database.sql(sql)
			.map((row) -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
			.one()
			.filter((found) -> found)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(20)))
			.timeout(HANG_LIMIT, Mono.error(() -> new AssertionError("Never became true: " + sql)))
			.block(HANG_LIMIT.plusSeconds(1));
	}

	/** Stop the service; the catalog stops with the instance that started it. */
	@Override
	public void close() {
		this.context.close();
		if (this.ownsCatalog) {
			this.catalog.close();
		}
	}

	private static final class Shared {

		private static final TestProgress INSTANCE = start();

	}

}
