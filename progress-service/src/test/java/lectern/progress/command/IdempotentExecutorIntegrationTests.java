package lectern.progress.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.IdempotencyKey;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Idempotency keys over HTTP. */
class IdempotentExecutorIntegrationTests {

	private static final String START = "{\"book\":\"a-book\",\"again\":true}";

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	private final String key = UUID.randomUUID().toString();

	private TestReading reading;

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
	}

	@BeforeEach
	void startReading() {
		this.reading = this.reader.start("a-book");
	}

	@Test
	void duplicateStartReplaysTheFirstResponse() {
		TestReader keyed = this.reader.idempotencyKey(this.key);
		TestApiResponse first = keyed.post("/readings", START)
			.assertStatus(201)
			.assertHeader(IdempotencyKey.REPLAYED, null);
		this.reader.reading(first.at("/id").stringValue()).report(0.5).assertStatus(200);
		TestApiResponse second = keyed.post("/readings", "{ \"again\" : true, \"book\" : \"a-book\" }")
			.assertStatus(201)
			.assertVersion(1)
			.assertHeader("Location", first.location())
			.assertHeader(IdempotencyKey.REPLAYED, "true")
			.assertHeader("Cache-Control", "private, no-store");
		assertThat(second.text()).isEqualTo(first.text());
	}

	/** A device tells in each attempt when it has sent it, to correct its clock. */
	@Test
	void duplicateMayBeSentAtAnotherTime() {
		Instant now = Instant.now();
		TestReading keyed = this.reading.idempotencyKey(this.key);
		String report = "{\"fraction\":0.5,\"occurredAt\":\"" + now.minusSeconds(60) + "\",\"sentAt\":\"%s\"}";
		TestApiResponse first = keyed.report(report.formatted(now.minusSeconds(40))).assertStatus(200);
		TestApiResponse second = keyed.report(report.formatted(now)).assertHeader(IdempotencyKey.REPLAYED, "true");
		assertThat(second.text()).isEqualTo(first.text());
		TestReading other = this.reading.idempotencyKey("another");
		String finish = "{\"sentAt\":\"%s\"}";
		first = other.command("/finish", finish.formatted(now.minusSeconds(40))).assertStatus(200);
		assertThat(other.command("/finish", finish.formatted(now)).text()).isEqualTo(first.text());
		assertThat(this.reader.eventCount()).isEqualTo(3);
	}

	/** A duplicate is not decided again, so neither If-Match nor a rule can reject it. */
	@Test
	void duplicateIsReplayedEvenIfItWouldBeRejectedNow() {
		TestReading ifUnchanged = this.reading.ifMatch("\"1\"");
		TestApiResponse first = ifUnchanged.idempotencyKey(this.key).report(0.5).assertStatus(200);
		this.reading.finish().assertStatus(200);
		assertThat(ifUnchanged.idempotencyKey(this.key).report(0.5).text()).isEqualTo(first.text());
		ifUnchanged.idempotencyKey("another").report(0.5).assertProblem(412, "precondition-failed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/abandon" })
	void responseOfCommandWithoutEffectIsReplayed(String command) {
		this.reading.command(command).assertStatus(200);
		TestReading keyed = this.reading.idempotencyKey(this.key);
		TestApiResponse withoutEffect = keyed.command(command).assertStatus(200).assertVersion(2);
		assertThat(this.reader.eventCount()).isEqualTo(2);
		this.reading.command(command.equals("/finish") ? "/reopen" : "/resume").assertVersion(3);
		TestApiResponse duplicate = keyed.command(command).assertHeader("Cursor", withoutEffect.cursor());
		assertThat(duplicate.text()).isEqualTo(withoutEffect.text());
		assertThat(this.reader.eventCount()).isEqualTo(3);
	}

	@Test
	void everyCommandIsReplayedAsOfItsVersion() {
		List<UnaryOperator<TestReading>> keys = IntStream.range(0, 7)
			.mapToObj((number) -> (UnaryOperator<TestReading>) (of) -> of.idempotencyKey("key-" + number))
			.toList();
		String restore = "{\"to\":\"" + this.reading.report(0.2).assertStatus(200).cursor() + "\"}";
		Instant before = Instant.now().minusSeconds(60);
		List<Function<UnaryOperator<TestReading>, TestApiResponse>> commands = List.of(
				(keyed) -> keyed.apply(this.reading).report(0.5),
				// Moves nothing, since it occurred before.
				(keyed) -> keyed.apply(this.reading).report(0.4, before),
				// The same report again.
				(keyed) -> keyed.apply(this.reading).report(0.4, before),
				(keyed) -> keyed.apply(this.reading).command("/restore", restore),
				(keyed) -> keyed.apply(this.reading).finish(), (keyed) -> keyed.apply(this.reading).finish(),
				(keyed) -> keyed.apply(this.reading).reopen());
		List<TestApiResponse> first = IntStream.range(0, 7)
			.mapToObj((number) -> commands.get(number).apply(keys.get(number)).assertStatus(200))
			.toList();
		this.reading.report(0.9).assertStatus(200);
		for (int number = 0; number < 7; number++) {
			TestApiResponse again = commands.get(number).apply(keys.get(number));
			again.assertStatus(200)
				.assertHeader(IdempotencyKey.REPLAYED, "true")
				.assertHeader("Cursor", first.get(number).cursor())
				.assertHeader("ETag", first.get(number).etag());
			assertThat(again.text()).isEqualTo(first.get(number).text());
		}
		assertThat(this.reader.eventCount()).isEqualTo(8);
	}

	/** Records of earlier releases contain the response. */
	@Test
	void responseStoredByEarlierReleaseIsReplayed() {
		String content = this.reading.idempotencyKey(this.key)
			.report(0.5)
			.assertStatus(200)
			.text()
			.replaceFirst("\\{", "{\"earlier\":true,");
		String stored = JsonMapper.shared()
			.writeValueAsString(
					Map.of("status", 200, "headers", Map.of("Cursor", "then-5", "ETag", "\"5\""), "content", content));
		PROGRESS.database()
			.sql("""
					update idempotency_record set stream = null, version = null, event_count = null,
					    response = :response
					where reader = :reader and key = :key
					""")
			.bind("response", stored)
			.bind("reader", this.reader.handle())
			.bind("key", this.key)
			.then()
			.block(HANG_LIMIT);
		TestApiResponse again = this.reading.idempotencyKey(this.key)
			.report(0.5)
			.assertStatus(200)
			.assertHeader(IdempotencyKey.REPLAYED, "true")
			.assertHeader("Cursor", "then-5")
			.assertVersion(5);
		assertThat(again.text()).isEqualTo(content);
		assertKeyReused(this.reading.idempotencyKey(this.key).report(0.6));
	}

	@Test
	void rejectedCommandDoesNotUseItsKey() {
		TestReading keyed = this.reading.idempotencyKey(this.key);
		this.reading.finish().assertStatus(200);
		keyed.report(0.5).assertProblem(409, "reading-finished");
		this.reading.reopen().assertStatus(200);
		keyed.report(0.6).assertStatus(200).assertHeader(IdempotencyKey.REPLAYED, null);
	}

	@Test
	void rejectsAnotherCommandWithTheSameKey() {
		TestReading other = this.reader.start("a-book");
		TestReading keyed = this.reading.idempotencyKey(this.key);
		keyed.report(0.5).assertStatus(200);
		long before = this.reader.eventCount();
		assertKeyReused(keyed.report(0.6));
		assertKeyReused(other.idempotencyKey(this.key).report(0.5));
		assertKeyReused(keyed.finish());
		assertKeyReused(this.reader.idempotencyKey(this.key).post("/readings", START));
		assertThat(this.reader.eventCount()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/reopen", "/abandon", "/resume", "/restore" })
	void keyBelongsToOneCommandType(String command) {
		this.reading.report(0.5).assertStatus(200);
		String restore = "{\"to\":\"" + Instant.now() + "\"}";
		TestReading keyed = this.reading.idempotencyKey(this.key);
		keyed.command(command, command.equals("/restore") ? restore : "{}").assertStatus(200);
		long before = this.reader.eventCount();
		for (String other : List.of("/finish", "/reopen", "/abandon", "/resume", "/restore", "/positions")) {
			String content = switch (other) {
				case "/restore" -> restore;
				case "/positions" -> "{\"fraction\":0.6}";
				default -> "{}";
			};
			if (!other.equals(command)) {
				assertKeyReused(keyed.command(other, content));
			}
		}
		assertThat(this.reader.eventCount()).isEqualTo(before);
	}

	@Test
	void keysAreScopedByReader() {
		this.reader.idempotencyKey(this.key).post("/readings", START).assertStatus(201);
		PROGRESS.newReader()
			.idempotencyKey(this.key)
			.post("/readings", START)
			.assertStatus(201)
			.assertHeader(IdempotencyKey.REPLAYED, null);
	}

	static Stream<String> malformedKeys() {
		return Stream.of("", "two words", "caf\u00e9", "x".repeat(201), "tab\there");
	}

	@ParameterizedTest
	@MethodSource("malformedKeys")
	void rejectsMalformedKey(String malformed) {
		this.reading.idempotencyKey(malformed).report(0.5).assertProblem(400, "malformed");
		this.reader.idempotencyKey(malformed).post("/readings", START).assertProblem(400, "malformed");
		assertThat(this.reader.eventCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "!~", "';drop/**/table/**/event--" })
	void keyIsTreatedLiterally(String literal) {
		TestReading keyed = this.reading.idempotencyKey(literal);
		keyed.report(0.5).assertStatus(200);
		keyed.report(0.5).assertStatus(200).assertHeader(IdempotencyKey.REPLAYED, "true");
		assertKeyReused(keyed.report(0.6));
	}

	private static void assertKeyReused(TestApiResponse response) {
		response.assertProblem(422, "idempotency-key-reused");
	}

}
