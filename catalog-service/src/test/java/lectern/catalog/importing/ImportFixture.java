package lectern.catalog.importing;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A catalog that runs, with a database of its own, and a curator before it. */
final class ImportFixture {

	private static final int MAX_RESPONSE_SIZE = 1 << 22;

	private final String address;

	private final WebClient curator;

	private final DatabaseClient database;

	private final JsonMapper mapper;

	ImportFixture(int port, DatabaseClient database, JsonMapper mapper) {
		this.address = "http://127.0.0.1:" + port + "/api/v1";
		this.curator = WebClient.builder()
			.baseUrl(this.address)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_RESPONSE_SIZE))
			.defaultHeaders((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.build();
		this.database = database;
		this.mapper = mapper;
		// What the catalog writes by itself at its first start is over.
		eventually(
				database.sql("select count(*) from seeding_complete").map((row) -> row.get(0, Long.class) == 1).one());
	}

	static void configure(DynamicPropertyRegistry registry) {
		String url = TestPostgres.database();
		registry.add("lectern.database.url", () -> url);
		registry.add("lectern.database.user", () -> "postgres");
		registry.add("lectern.progress.url", TestTokens::url);
		registry.add("management.server.port", () -> 0);
	}

	/** A client that says nothing of who it is. */
	WebClient anonymous() {
		return WebClient.create(this.address);
	}

	WebClient curator() {
		return this.curator;
	}

	ResponseEntity<String> post(String parameters, String list) {
		return exchange(this.curator.post()
			.uri(URI.create(this.address + "/imports" + parameters))
			.contentType(MediaType.TEXT_MARKDOWN)
			.bodyValue(list));
	}

	ResponseEntity<String> post(String parameters, Flux<DataBuffer> list) {
		return exchange(this.curator.post()
			.uri(URI.create(this.address + "/imports" + parameters))
			.contentType(MediaType.TEXT_MARKDOWN)
			.body(BodyInserters.fromDataBuffers(list)));
	}

	ImportReport expectReport(ResponseEntity<String> answer) {
		if (answer.getStatusCode().value() != 201) {
			throw new AssertionError(answer);
		}
		return parseReport(answer);
	}

	ImportReport parseReport(ResponseEntity<String> answer) {
		return this.mapper.readValue(answer.getBody(), ImportReport.class);
	}

	ResponseEntity<String> get(String path) {
		return exchange(this.curator.get().uri(path));
	}

	/** How many changes the log holds. */
	long position() {
		return queryForLong("select position from log_head");
	}

	long queryForLong(String sql) {
		return Objects
			.requireNonNull(this.database.sql(sql).map((row) -> row.get(0, Long.class)).one().block(HANG_LIMIT));
	}

	private static ResponseEntity<String> exchange(WebClient.RequestHeadersSpec<?> request) {
		return Objects.requireNonNull(
				request.exchangeToMono((response) -> response.toEntity(String.class)).block(Duration.ofSeconds(60)));
	}

	/** Ask again and again until it is so. */
	static void eventually(Mono<Boolean> condition) {
		condition.filter((holds) -> holds)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(50)))
			.block(HANG_LIMIT);
	}

}
