package lectern.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.acceptance.fuzz.ApiVocabulary;
import org.awaitility.Awaitility;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exists when requests are generated: books, a path, a reader with readings in every
 * state, and accounts that may be erased or signed out by a request.
 */
final class FuzzWorld {

	private static final String PASSWORD = "a long pass phrase 4711";

	private static final List<String> BOOKS = IntStream.range(0, 8)
		.mapToObj((number) -> "fuzz-book-" + number)
		.toList();

	/** Books that exist only if a request creates them, and are removed by others. */
	private static final List<String> EXPENDABLE = IntStream.range(0, 20)
		.mapToObj((number) -> "fuzz-expendable-" + number)
		.toList();

	private static final String EDITION = "9781492056355";

	private static final List<String> TAGS = List.of("*", "\"1\"", "\"2\"", "\"3\"");

	private final LecternInstance lectern;

	private final Map<String, String> tokens = new HashMap<>();

	private final List<String> catalogCursors = new ArrayList<>();

	private final List<String> cursors = new ArrayList<>();

	private final List<String> undos = new ArrayList<>();

	private final List<String> readings = new ArrayList<>();

	private final ReaderClient reader;

	private FuzzWorld(LecternInstance lectern) {
		this.lectern = lectern;
		this.reader = new ReaderClient(lectern);
	}

	/**
	 * Create the books, the readings and the accounts.
	 * @param expendableAccounts the number of accounts that requests may spoil
	 */
	static FuzzWorld create(LecternInstance lectern, int expendableAccounts) {
		FuzzWorld world = new FuzzWorld(lectern);
		world.createCatalog();
		world.createReadings();
		world.tokens.put("admin", lectern.adminToken());
		world.tokens.put(world.reader.handle(), world.reader.authorizationHeader().get("Authorization").substring(7));
		for (int i = 0; i < expendableAccounts; i++) {
			world.register("expendable-" + i + "-" + world.reader.handle());
		}
		return world;
	}

	private void createCatalog() {
		CuratorClient curator = new CuratorClient(this.lectern);
		BOOKS.forEach((book) -> {
			curator.saveBook(book, "The book " + book);
			this.catalogCursors.add(curator.updateBook(book, Map.of("title", "The book " + book, "authors",
					List.of("A. Author"), "editions", List.of(Map.of("isbn", EDITION, "pages", 100)))));
		});
		this.lectern.adminClient()
			.put()
			.uri("/api/v1/paths/fuzz-path")
			.header("If-None-Match", "*")
			.bodyValue(Map.of("title", "A path", "gates",
					List.of(Map.of("id", "basics", "title", "Basics", "steps", List.of(Map.of("book", BOOKS.get(0)))),
							Map.of("id", "advanced", "title", "Advanced", "needs", List.of("basics"), "steps",
									List.of(Map.of("book", BOOKS.get(1)), Map.of("book", BOOKS.get(2)))))))
			.exchange()
			.expectStatus()
			.value((status) -> assertThat(status).isIn(201, 412));
	}

	private void createReadings() {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> this.reader.startOrContinueReading(BOOKS.getLast()));
		for (String book : BOOKS) {
			String reading = this.reader.startOrContinueReading(book);
			this.readings.add(reading);
			this.cursors.add(this.reader.reportPosition(reading, 0.25));
			this.cursors.add(this.reader.reportPosition(reading, 0.5));
		}
		command(this.readings.get(0), "finish");
		command(this.readings.get(1), "finish");
		command(this.readings.get(2), "abandon");
		WebTestClient client = this.lectern.anonymousClient();
		this.undos.add(undo(client.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/restore", this.reader.handle(), this.readings.get(3))
			.headers(this::authorize)
			.bodyValue(Map.of("to", this.cursors.get(6)))));
		this.undos.add(undo(client.method(HttpMethod.DELETE)
			.uri("/api/v1/readers/{reader}/readings/{reading}", this.reader.handle(), this.readings.get(7))
			.headers(this::authorize)
			.headers((headers) -> headers.setIfMatch("*"))));
	}

	private void authorize(HttpHeaders headers) {
		this.reader.authorizationHeader().forEach(headers::set);
	}

	private static String undo(WebTestClient.RequestHeadersSpec<?> request) {
		return JsonTrees.parse(request.exchange().expectStatus().isOk()).path("undo").asString();
	}

	private void command(String reading, String command) {
		this.reader
			.send("{\"type\":\"%s\",\"reading\":\"%s\",\"key\":\"%s\"}".formatted(command, reading, UUID.randomUUID()));
	}

	private void register(String handle) {
		WebTestClient client = this.lectern.anonymousClient();
		client.post()
			.uri("/api/v1/readers")
			.bodyValue(Map.of("reader", handle, "name", handle, "password", PASSWORD))
			.exchange()
			.expectStatus()
			.isCreated();
		this.tokens
			.put(handle,
					JsonTrees.parse(client.post()
						.uri("/api/v1/tokens")
						.bodyValue(Map.of("reader", handle, "password", PASSWORD))
						.exchange()
						.expectStatus()
						.isOk()).path("accessToken").asString());
	}

	/** Replace the name of an account in braces by its token. */
	String replaceAccount(String header) {
		int start = header.startsWith("Bearer {") ? header.indexOf('{') : -1;
		return (start < 0) ? header : header.substring(0, start)
				+ this.tokens.getOrDefault(header.substring(start + 1, header.length() - 1), "none");
	}

	ApiVocabulary vocabulary() {
		List<String> expendable = this.tokens.keySet()
			.stream()
			.filter((name) -> name.startsWith("expendable"))
			.sorted()
			.toList();
		List<String> positions = withInstants(this.cursors);
		ApiVocabulary vocabulary = new ApiVocabulary();
		Stream.of("eraseReader", "deleteTokens", "deleteSession", "patchReader", "putRoles", "createToken")
			.forEach((operation) -> vocabulary.with(operation + ".reader", expendable));
		Stream.of("deleteCurrentToken", "createToken", "garbage")
			.forEach((operation) -> vocabulary.with(operation + ".account", expendable));
		Stream.of("putRoles", "getRoles", "importReader")
			.forEach((operation) -> vocabulary.with(operation + ".account", List.of("admin")));
		Stream.of("asOf", "after").forEach((name) -> vocabulary.with(name, positions));
		Stream.of("listActivity.asOf", "followActivity.after")
			.forEach((name) -> vocabulary.with(name, withInstants(List.of())));
		Stream.of("seen", "lastEventId", "Last-Event-ID").forEach((name) -> vocabulary.with(name, this.cursors));
		return vocabulary.with("reader", List.of(this.reader.handle()))
			.with("registerReader.reader",
					IntStream.range(0, 1_000)
						.mapToObj((number) -> "new-" + number + "-" + this.reader.handle())
						.toList())
			.with("password", List.of(PASSWORD, "another " + PASSWORD))
			.with("currentPassword", List.of(PASSWORD))
			.with("book", BOOKS)
			.with("putBook.book", Stream.concat(BOOKS.stream(), EXPENDABLE.stream()).toList())
			.with("deleteBook.book", EXPENDABLE)
			.with("path", List.of("fuzz-path"))
			.with("putLearningPath.path", EXPENDABLE)
			.with("deleteLearningPath.path", EXPENDABLE)
			.with("needs", List.of("basics"))
			.with("gate", List.of("basics", "advanced"))
			.with("reading", this.readings)
			.with("removeReading.reading", this.readings.subList(6, 8))
			.with("followCatalog.after", withInstants(this.catalogCursors))
			.with("from", List.of("2026-01-01T00:00:00Z", this.cursors.get(0), this.cursors.get(1)))
			.with("to", List.of(this.cursors.get(2), this.cursors.getLast()))
			.with("isbn", isbns())
			.with("undo", this.undos)
			.with("edition", List.of(EDITION))
			.with("startImport.language", List.of("en", "pt-BR"))
			.with("finishBy", List.of("2099-01-01T00:00:00Z", Instant.now().plus(Duration.ofDays(90)).toString()))
			.with("zone", List.of("Europe/Rome", "UTC", "Asia/Kolkata"))
			.with("If-Match", TAGS)
			.with("If-None-Match", TAGS)
			.with("putBook.If-None-Match", List.of("*"))
			.with("ifMatch", TAGS)
			.with("getImport.id", List.of(UUID.randomUUID().toString()))
			.with("text/markdown",
					List.of("", "* [A title](http://example.org/a) - An Author\n", "### Rust\n\n* no link\n"));
	}

	/** ISBNs with a correct check digit, so many that one book rarely has one twice. */
	private static List<String> isbns() {
		return IntStream.range(0, 1_000).mapToObj((number) -> {
			String digits = "978%09d".formatted(number * 104_729);
			int sum = IntStream.range(0, 12).map((i) -> (digits.charAt(i) - '0') * ((i % 2 == 0) ? 1 : 3)).sum();
			return digits + (10 - sum % 10) % 10;
		}).toList();
	}

	private static List<String> withInstants(List<String> cursors) {
		return Stream.concat(cursors.stream(), Stream.of(Instant.now().toString())).toList();
	}

}
