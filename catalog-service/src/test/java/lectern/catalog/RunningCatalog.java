package lectern.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestApiClient;
import lectern.web.TestTokens;
import org.reactivestreams.Publisher;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The whole catalog service on ports of its own and with a database of its own. Each of
 * the three instances starts when a test first asks for it, is shared by all tests of the
 * JVM and stops with the JVM: closing one would stop the event loops of the others.
 */
public final class RunningCatalog {

	private final ConfigurableApplicationContext context;

	private final DatabaseClient database;

	private RunningCatalog(ConfigurableApplicationContext context) {
		this.context = context;
		this.database = context.getBean(DatabaseClient.class);
	}

	/**
	 * Return the instance with the seed data. Its data is never cleared, so that each
	 * test uses ids of its own.
	 */
	public static RunningCatalog seeded() {
		return SeededInstance.RUNNING;
	}

	/** Return the instance for tests that need an empty catalog, after clearing it. */
	public static RunningCatalog empty() {
		EmptyInstance.RUNNING.clear();
		return EmptyInstance.RUNNING;
	}

	/** Return the instance for tests with two catalogs, after clearing it. */
	public static RunningCatalog secondEmpty() {
		SecondEmptyInstance.RUNNING.clear();
		return SecondEmptyInstance.RUNNING;
	}

	private static RunningCatalog start() {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(CatalogApplication.class).run(
				"--server.port=0", "--management.server.port=0", "--management.prometheus.metrics.export.enabled=true",
				"--lectern.database.user=postgres", "--lectern.database.url=" + TestPostgres.database(),
				"--lectern.progress.url=" + TestTokens.url());
		RunningCatalog catalog = new RunningCatalog(context);
		catalog.await("select count(*) = 1 from seeding_complete");
		return catalog;
	}

	/** Delete all documents, events and imports. The log positions continue. */
	private void clear() {
		this.database.sql("truncate book, book_fingerprint, path, change, tombstone, import, import_refusal")
			.then()
			.block(HANG_LIMIT);
	}

	/** Return a client without a token. */
	public TestApiClient anonymous() {
		return TestApiClient.of(url("local.server.port") + "/api/v1");
	}

	/** Return a client with the token of a reader who has no role. */
	public TestApiClient reader() {
		return anonymous().withToken(TestTokens.reader());
	}

	/** Return a client with the token of a curator. */
	public TestApiClient curator() {
		return anonymous().withToken(TestTokens.curator());
	}

	/** Return a client of the management port. */
	public TestApiClient management() {
		return TestApiClient.of(managementUrl());
	}

	/** Return the base URL of the public port, without a path. */
	public String url() {
		return url("local.server.port");
	}

	/** Return the base URL of the management port. */
	public String managementUrl() {
		return url("local.management.port");
	}

	private String url(String port) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(port);
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public MeterRegistry meters() {
		return bean(MeterRegistry.class);
	}

	public DatabaseClient database() {
		return this.database;
	}

	public String databaseUrl() {
		return this.context.getEnvironment().getRequiredProperty("lectern.database.url");
	}

	/** Return the number of events in the change log. */
	public long changeCount() {
		return queryForLong("select count(*) from change");
	}

	/** Return the events of a book or path as {@code type version}, oldest first. */
	public List<String> changesOf(String kind, String id) {
		return Objects.requireNonNull(this.database
			.sql("""
					select type || ' ' || version from change where subject = :id and type like :kind || '-%' order by position
					""")
			.bind("id", id)
			.bind("kind", kind)
			.map((row) -> row.get(0, String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT));
	}

	/** Return the number in the one row of a query. */
	public long queryForLong(String sql) {
		Number number = this.database.sql(sql).map((row) -> row.get(0, Number.class)).one().block(HANG_LIMIT);
		return Objects.requireNonNull(number).longValue();
	}

	/** Wait until the one row of a query is true. */
	public void await(String sql) {
		this.database.sql(sql)
			.map((row) -> row.get(0, Boolean.class))
			.one()
			.filter(Boolean.TRUE::equals)
			.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
	}

	/** Import NDJSON, which must succeed. */
	public ImportResponse importDocuments(String ndjson) {
		return new ImportResponse(curator().contentType(MediaType.APPLICATION_NDJSON_VALUE).post("/imports", ndjson));
	}

	/** Import NDJSON that is sent while it is produced, which must succeed. */
	public ImportResponse importDocuments(Publisher<DataBuffer> ndjson) {
		return new ImportResponse(curator().contentType(MediaType.APPLICATION_NDJSON_VALUE).post("/imports", ndjson));
	}

	/** Import a Markdown list, which must succeed. */
	public ImportResponse importList(String parameters, String list) {
		return new ImportResponse(
				curator().contentType(MediaType.TEXT_MARKDOWN_VALUE).post("/imports" + parameters, list));
	}

	/** Import a Markdown list that is sent while it is produced, which must succeed. */
	public ImportResponse importList(String parameters, Publisher<DataBuffer> list) {
		return new ImportResponse(
				curator().contentType(MediaType.TEXT_MARKDOWN_VALUE).post("/imports" + parameters, list));
	}

	/** Starts the instance at the first use. */
	private static final class SeededInstance {

		private static final RunningCatalog RUNNING = start();

	}

	/** Starts the instance at the first use. */
	private static final class EmptyInstance {

		private static final RunningCatalog RUNNING = start();

	}

	/** Starts the instance at the first use. */
	private static final class SecondEmptyInstance {

		private static final RunningCatalog RUNNING = start();

	}

}
