package lectern.catalog;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import lectern.web.TestTokens;
import org.reactivestreams.Publisher;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The whole catalog service on ports of its own and with a database of its own. The three
 * shared instances start when a test first asks for them and stop with the JVM.
 */
public final class RunningCatalog implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final DatabaseClient database;

	private RunningCatalog(ConfigurableApplicationContext context) {
		this.context = context;
		this.database = context.getBean(DatabaseClient.class);
	}

	/**
	 * Return the shared instance with the seed data. Its data is never cleared, so that
	 * each test uses ids of its own.
	 */
	public static RunningCatalog seeded() {
		return SeededInstance.RUNNING;
	}

	/** Return the shared instance for tests that need an empty catalog, cleared. */
	public static RunningCatalog empty() {
		EmptyInstance.RUNNING.clear();
		return EmptyInstance.RUNNING;
	}

	/** Return the shared instance for tests with two empty catalogs, cleared. */
	public static RunningCatalog secondEmpty() {
		SecondEmptyInstance.RUNNING.clear();
		return SecondEmptyInstance.RUNNING;
	}

	/**
	 * Start an instance that is not shared. The test closes it.
	 * @param databaseUrl as {@code TestPostgres} returns it
	 * @param settings further properties in the form {@code name=value}
	 */
	public static RunningCatalog start(String databaseUrl, String... settings) {
		Stream<String> usual = Stream.of("server.port=0", "management.server.port=0",
				"management.prometheus.metrics.export.enabled=true", "lectern.database.user=postgres",
				"lectern.database.url=" + databaseUrl, "lectern.progress.url=" + TestTokens.url());
		return new RunningCatalog(
				new SpringApplicationBuilder(CatalogApplication.class).initializers(RunningCatalog::useOwnEventLoops)
					.run(Stream.concat(usual, Arrays.stream(settings))
						.map((setting) -> "--" + setting)
						.toArray(String[]::new)));
	}

	/** Spring would stop the global event loops, which other instances use. */
	private static void useOwnEventLoops(ConfigurableApplicationContext context) {
		ReactorResourceFactory eventLoops = new ReactorResourceFactory();
		eventLoops.setUseGlobalResources(false);
		eventLoops.setShutdownQuietPeriod(Duration.ZERO);
		((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> eventLoops);
	}

	private static RunningCatalog startShared() {
		RunningCatalog catalog = start(TestPostgres.database());
		catalog.await("select count(*) = 1 from seeding_complete");
		return catalog;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Delete all documents, events and imports. The log positions continue. */
	private void clear() {
		execute("truncate book, book_fingerprint, path, change, tombstone, import, import_refusal");
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

	/** Return all events as {@code type id version}, oldest first. */
	public List<String> changes() {
		return queryForStrings("select type || ' ' || subject || ' ' || version from change order by position");
	}

	/** Return the events of a book or path as {@code type version}, oldest first. */
	public List<String> changesOf(String kind, String id) {
		return changes().stream()
			.filter((change) -> change.startsWith(kind + "-") && change.contains(" " + id + " "))
			.map((change) -> change.replace(" " + id + " ", " "))
			.toList();
	}

	/** Return the text in the rows of a query. */
	public List<String> queryForStrings(String sql) {
		return Objects.requireNonNull(
				this.database.sql(sql).map((row) -> row.get(0, String.class)).all().collectList().block(HANG_LIMIT));
	}

	/** Execute a statement. */
	public void execute(String sql) {
		this.database.sql(sql).then().block(HANG_LIMIT);
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

	/** Create a book, or replace it, which must succeed. */
	public TestApiResponse saveBook(String id, String content) {
		TestApiResponse created = curator().put("/books/" + id, content);
		return (created.status() == HttpStatus.PRECONDITION_REQUIRED.value())
				? curator().ifMatch("*").put("/books/" + id, content).assertStatus(200) : created.assertStatus(201);
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

		private static final RunningCatalog RUNNING = startShared();

	}

	/** Starts the instance at the first use. */
	private static final class EmptyInstance {

		private static final RunningCatalog RUNNING = startShared();

	}

	/** Starts the instance at the first use. */
	private static final class SecondEmptyInstance {

		private static final RunningCatalog RUNNING = startShared();

	}

}
