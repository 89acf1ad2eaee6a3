package lectern.catalog;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestTokens;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Catalogs beside each other in one test, each with a database of its own in which there
 * is nothing, not even the first books.
 */
public final class RunningCatalog {

	/** The longest that a test waits for anything. */
	public static final Duration TIMEOUT = Duration.ofSeconds(120);

	private final ConfigurableApplicationContext context;

	private final DatabaseClient database;

	private final WebClient curator;

	private RunningCatalog(ConfigurableApplicationContext context) {
		this.context = context;
		this.database = context.getBean(DatabaseClient.class);
		this.curator = WebClient.builder()
			.baseUrl(address())
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(256 << 20))
			.defaultHeaders((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.build();
	}

	/** One that all tests share, empty. */
	public static RunningCatalog empty() {
		FirstInstance.RUNNING.clear();
		return FirstInstance.RUNNING;
	}

	/** A second one, empty. */
	public static RunningCatalog secondEmpty() {
		SecondInstance.RUNNING.clear();
		return SecondInstance.RUNNING;
	}

	private static RunningCatalog start() {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(CatalogApplication.class).run(
				"--server.port=0", "--management.server.port=0", "--lectern.database.user=postgres",
				"--lectern.database.url=" + TestPostgres.database(), "--lectern.progress.url=" + TestTokens.url());
		RunningCatalog catalog = new RunningCatalog(context);
		catalog.await("select count(*) = 1 from seeding_complete");
		return catalog;
	}

	/** Forget all that there is. Cursors go on as they were. */
	private void clear() {
		this.database.sql("truncate book, book_fingerprint, path, change, tombstone").then().block(TIMEOUT);
	}

	public DatabaseClient database() {
		return this.database;
	}

	public MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	public int port() {
		return Objects.requireNonNull(this.context.getEnvironment().getProperty("local.server.port", Integer.class));
	}

	public String address() {
		return "http://127.0.0.1:" + port() + "/api/v1";
	}

	public WebClient curator() {
		return this.curator;
	}

	public long queryForLong(String sql) {
		return Objects
			.requireNonNull(this.database.sql(sql).map((row) -> row.get(0, Number.class)).one().block(TIMEOUT))
			.longValue();
	}

	/** Wait until a query says that it is so. */
	public void await(String sql) {
		this.database.sql(sql)
			.map((row) -> row.get(0, Boolean.class))
			.one()
			.filter((holds) -> holds)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.block(TIMEOUT);
	}

	/** The export, as text. */
	public ResponseEntity<String> export() {
		byte[] content = this.curator.get()
			.uri("/export")
			.retrieve()
			.bodyToMono(byte[].class)
			.blockOptional(TIMEOUT)
			.orElse(new byte[0]);
		String cursor = Objects
			.requireNonNull(this.curator.head().uri("/export").retrieve().toBodilessEntity().block(TIMEOUT))
			.getHeaders()
			.getFirst("Cursor");
		return ResponseEntity.ok().header("Cursor", cursor).body(new String(content, StandardCharsets.UTF_8));
	}

	/** Import NDJSON; the answer to it, which must be 201. */
	public JsonNode importDocuments(String ndjson) {
		return importDocuments(
				Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(ndjson.getBytes(StandardCharsets.UTF_8))));
	}

	public JsonNode importDocuments(Publisher<DataBuffer> ndjson) {
		ResponseEntity<String> answer = post(MediaType.APPLICATION_NDJSON_VALUE, ndjson, null);
		if (answer.getStatusCode().value() != 201) {
			throw new AssertionError(answer);
		}
		return this.context.getBean(JsonMapper.class).readTree(answer.getBody());
	}

	/** What is answered to a body of a type. */
	public ResponseEntity<String> post(String type, Publisher<DataBuffer> body, @Nullable String encoding) {
		return Objects.requireNonNull(this.curator.post()
			.uri(URI.create(address() + "/imports"))
			.header("Content-Type", type)
			.headers((headers) -> {
				if (encoding != null) {
					headers.set("Content-Encoding", encoding);
				}
			})
			.body(body, DataBuffer.class)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block(TIMEOUT));
	}

	/**
	 * Not before it is asked for, and until the JVM ends: to close one ends Netty for
	 * all.
	 */
	private static final class FirstInstance {

		private static final RunningCatalog RUNNING = start();

	}

	/** The same. */
	private static final class SecondInstance {

		private static final RunningCatalog RUNNING = start();

	}

}
