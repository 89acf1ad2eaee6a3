package lectern.progress.command;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Position reports over HTTP. */
class PositionReportIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
	}

	@Test
	void reportMovesPositionOrReturnsReason() {
		TestReading reading = this.reader.start("a-book", Instant.parse("2020-01-02T00:00:00Z"));
		TestApiResponse moved = reading.report("""
				{"fraction":0.25,"page":100,"chapter":"Five","locator":"x","device":{"id":"d","name":"Phone"}}""")
			.assertStatus(200)
			.assertVersion(2)
			.assertCursor()
			.assertMember("/moved", true)
			.assertMember("/reason", null)
			.assertMember("/reading/position/fraction", 0.25)
			.assertMember("/reading/version", 2)
			.assertMember("/reading/position/device/name", "Phone")
			.assertMember("/reading/furthest/page", 100);
		assertThat(moved.at("/reading/position").propertyNames()).contains("occurredAt", "receivedAt");
		String cursor = reading.report("{\"fraction\":0.75,\"occurredAt\":\"2020-01-01T00:00:00+01:00\"}")
			.assertStatus(200)
			.assertMember("/moved", false)
			.assertMember("/reason", "occurred-before-current")
			.assertMember("/reading/position/fraction", 0.25)
			.assertMember("/reading/furthest/fraction", 0.75)
			.assertMember("/reading/furthest/occurredAt", "2019-12-31T23:00:00Z")
			.cursor();
		reading.get("?seen=" + cursor)
			.assertStatus(200)
			.assertMember("/version", 3)
			.assertMember("/furthest/fraction", 0.75);
	}

	@Test
	void concurrentReportsAllSucceed() {
		TestReading reading = this.reader.start("a-book");
		// Jackson builds its serializers at their first use under a lock, which
		// BlockHound
		// would report if two requests came at once.
		reading.report(0.1).assertStatus(200);
		List<String> tags = Flux.range(0, 16)
			.flatMap((_) -> this.reader.client()
				.send(HttpMethod.POST, reading.path() + "/positions", "{\"fraction\":0.5}"), 16)
			.map((response) -> response.assertStatus(200).etag())
			.collectList()
			.block(HANG_LIMIT);
		assertThat(tags).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(3, 18).mapToObj((version) -> "\"" + version + "\"").toList());
	}

	static Stream<Arguments> invalidReports() {
		String device = "{\"fraction\":0.5,\"device\":%s}";
		return Stream.of(invalid("{\"fraction\":1.2}", "/fraction"), invalid("{\"fraction\":-0.1}", "/fraction"),
				invalid("{\"fraction\":1.0000001}", "/fraction"), invalid("{\"fraction\":\"abc\"}", "/fraction"),
				invalid("{\"fraction\":\"0.5\"}", "/fraction"), invalid("{\"fraction\":\"NaN\"}", "/fraction"),
				invalid("{\"fraction\":true}", "/fraction"), invalid("{\"fraction\":null}", "/fraction"),
				invalid("{\"fraction\":[0.5]}", "/fraction"), invalid("{\"fraction\":1e999999}", "/fraction"),
				invalid("{}", "/fraction"), invalid("{\"fractoin\":0.5}", "/fraction"),
				invalid("{\"fraction\":0.5,\"fractoin\":0.5}", "/fractoin"),
				invalid("{\"fraction\":0.5,\"a/b~c\":1}", "/a~1b~0c"),
				invalid("{\"fraction\":0.5,\"page\":-1}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":1000001}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":1.5}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":\"7\"}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":99999999999999999999}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":true}", "/page"),
				invalid("{\"fraction\":0.5,\"chapter\":\"" + "x".repeat(501) + "\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"a\\u0000b\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"a\\nb\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"\\ud800\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":7}", "/chapter"),
				invalid("{\"fraction\":0.5,\"locator\":\"" + "x".repeat(2001) + "\"}", "/locator"),
				invalid(device.formatted("{}"), "/device/id"), invalid(device.formatted("\"d\""), "/device"),
				invalid(device.formatted("{\"id\":null}"), "/device/id"),
				invalid(device.formatted("{\"id\":7}"), "/device/id"),
				invalid(device.formatted("{\"id\":\"" + "x".repeat(101) + "\"}"), "/device/id"),
				invalid(device.formatted("{\"id\":\"d\",\"name\":\"" + "x".repeat(201) + "\"}"), "/device/name"),
				invalid(device.formatted("{\"id\":\"d\",\"nome\":\"x\"}"), "/device/nome"),
				invalid("{\"fraction\":0.5,\"locator\":[\"x\"]}", "/locator"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"yesterday\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"2026-03-01T12:00:00.%sZ\"}".formatted("0".repeat(50)),
						"/occurredAt"),
				invalid("{\"fraction\":0.5,\"sentAt\":0}", "/sentAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":1700000000}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"2026-03-01T12:00:00\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"1969-12-31T23:59:59Z\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"sentAt\":\"+1000000000-12-31T23:59:59Z\"}", "/sentAt"));
	}

	@ParameterizedTest
	@MethodSource("invalidReports")
	void invalidReportIsRejectedWithPointer(String content, String pointer) {
		report(content).assertInvalidMember(pointer);
		assertThat(this.reader.eventCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]", "7", "\"text\"", "null", "{\"fraction\":NaN}",
			"{\"fraction\":Infinity}", "{\"fraction\":.5}", "{\"fraction\":0.5,\"fraction\":0.6}",
			"{\"fraction\":0.5}{\"fraction\":0.6}", "{\"fraction\":0.5,}" })
	void rejectsMalformedBody(String content) {
		report(content).assertProblem(400, "malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"fraction\":0}", "{\"fraction\":1}", "{\"fraction\":0.0}", "{\"fraction\":1e-400}",
			"{\"fraction\":5e-1,\"page\":0}", "{\"fraction\":0.5,\"chapter\":\"\uD83D\uDCD6 \u5341\"}",
			"{\"fraction\":0.5,\"occurredAt\":\"9999-12-31T23:59:59Z\",\"sentAt\":\"1970-01-01T00:00:00Z\"}",
			"{\"fraction\":0.5,\"occurredAt\":\"1970-01-01T00:00:00Z\",\"sentAt\":\"9999-12-31T23:59:59Z\"}" })
	void acceptsUnusualButValidReport(String content) {
		report(content).assertStatus(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-uuid", "1-1-1-1-1", "0f8fad5b-d9cb-469f-a165-70867728950e", "'" })
	void reportOfUnknownReadingIsNotFound(String id) {
		this.reader.reading(id).report(0.5).assertProblem(404, "not-found");
	}

	@Test
	void suspiciousPathIsRejectedAndConnectionStaysUsable() {
		for (String suspicious : List.of("%00", "%0A", "..%2Feve")) {
			this.reader.reading(suspicious).report(0.5).assertProblem(400, "malformed");
			this.reader.reading("none").report(0.5).assertProblem(404, "not-found");
		}
	}

	private TestApiResponse report(String content) {
		return this.reader.start("a-book").report(content);
	}

	private static Arguments invalid(String content, String pointer) {
		return Arguments.of(content, pointer);
	}

}
