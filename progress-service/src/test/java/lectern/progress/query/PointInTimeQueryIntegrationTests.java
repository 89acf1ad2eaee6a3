package lectern.progress.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.log.Cursor;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Readings as of a point in time over HTTP. */
class PointInTimeQueryIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	/** The cursors of the start of a reading and of three reports. */
	private static final List<String> CURSORS = new ArrayList<>();

	/** The reading at each of the cursors. */
	private static final List<JsonNode> EXPECTED = new ArrayList<>();

	private static TestReader reader;

	private static TestReading reading;

	@BeforeAll
	static void report() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
		reader = PROGRESS.newReader();
		TestApiResponse started = reader.post("/readings", "{\"book\":\"a-book\"}").assertStatus(201);
		reading = reader.reading(started.at("/id").stringValue());
		CURSORS.add(started.cursor());
		EXPECTED.add(started.json());
		for (double fraction : new double[] { 0.3, 0.9, 0.5 }) {
			TestApiResponse reported = reading.report(fraction).assertStatus(200);
			CURSORS.add(reported.cursor());
			EXPECTED.add(reported.at("/reading"));
		}
	}

	@Test
	void readingIsShownAsOfEachCursorAndInstant() {
		for (int index = 0; index < CURSORS.size(); index++) {
			TestApiResponse byCursor = get(reading, "?asOf=" + CURSORS.get(index)).assertVersion(index + 1)
				.assertHeader("Cursor", CURSORS.get(index));
			assertThat(byCursor.json()).isEqualTo(EXPECTED.get(index));
			if (index > 0) {
				String instant = EXPECTED.get(index).at("/position/receivedAt").stringValue();
				TestApiResponse byInstant = get(reading, "?axis=received&asOf=" + instant);
				assertThat(byInstant.json()).isEqualTo(EXPECTED.get(index));
				byInstant.assertHeader("Cursor", CURSORS.get(index));
			}
		}
	}

	@Test
	void axisWithoutTimeIsRejected() {
		reading.get("?axis=occurred").assertInvalidParameter("axis").assertMember("/errors/0/detail", "needs asOf");
		reader.get("/readings?axis=occurred").assertInvalidParameter("axis");
	}

	@Test
	void misspelledParameterIsAnsweredWithAllThatThereAre() {
		reading.get("?asOff=" + CURSORS.getFirst())
			.assertInvalidParameter("asOff")
			.assertMember("/errors/0/detail", "is unknown; the parameters are asOf, axis, seen");
		reader.get("/readings?asOff=" + CURSORS.getFirst())
			.assertInvalidParameter("asOff")
			.assertMember("/errors/0/detail",
					"is unknown; the parameters are asOf, axis, book, limit, order, page, seen, status");
	}

	@Test
	void eventTimeAxisIncludesReportsReceivedLater() {
		TestReader other = PROGRESS.newReader();
		TestReading reported = other.start("a-book");
		Instant now = Instant.now();
		reported.report(0.8, now).assertStatus(200);
		String known = reported.report(0.2, now.minusSeconds(600)).assertStatus(200).cursor();
		TestApiResponse earlier = atEventTime(reported, now.minusSeconds(300));
		earlier.assertMember("/position/fraction", 0.2).assertVersion(3);
		atEventTime(reported, now.minusSeconds(600)).assertMember("/position/fraction", 0.2);
		atEventTime(reported, now).assertMember("/position/fraction", 0.8);
		get(reported, "?axis=occurred&asOf=" + known).assertMember("/position/fraction", 0.8);
		assertNotFound(reported.get("?axis=occurred&asOf=" + now.minusSeconds(601)));
		assertNotFound(reported.get("?axis=occurred&asOf=" + logStartCursor()));
		String list = "?axis=occurred&limit=200&asOf=";
		assertThat(items(other, list + now.minusSeconds(300))).containsExactly(earlier.json());
		assertThat(items(other, list + now.minusSeconds(601))).isEmpty();
	}

	@Test
	void readingsAreFilteredByBook() {
		PROGRESS.addBook("a-second-book", "A Second Book", "Somebody");
		TestReader other = PROGRESS.newReader();
		other.start("a-book");
		TestReading second = other.start("a-second-book");
		String seen = second.report(0.1).assertStatus(200).cursor();
		String list = "/readings?book=a-second-book&seen=" + seen;
		for (String asOf : List.of("", "&asOf=" + seen, "&axis=occurred&asOf=" + seen)) {
			other.get(list + asOf)
				.assertStatus(200)
				.assertMember("/items/0/id", second.id())
				.assertMember("/items/1", null);
		}
		other.get("/readings?book=no-such-book").assertStatus(200).assertMember("/items", new String[0]);
	}

	private static TestApiResponse atEventTime(TestReading reading, Instant instant) {
		return get(reading, "?axis=occurred&asOf=" + instant);
	}

	@Test
	void devicesFollowTheRequestedTimeAxis() {
		TestReading reported = PROGRESS.newReader().start("a-book");
		Instant now = Instant.now();
		String phone = reportFromDevice(reported, "phone", now.minusSeconds(60));
		String tablet = reportFromDevice(reported, "tablet", now.minusSeconds(600));
		assertThat(deviceIds(reported, "?asOf=" + phone)).containsExactly("phone");
		assertThat(deviceIds(reported, "?asOf=" + tablet)).containsExactly("phone", "tablet");
		assertThat(deviceIds(reported, "?axis=occurred&asOf=" + now.minusSeconds(300))).containsExactly("tablet");
		assertThat(deviceIds(reported, "?axis=occurred&asOf=" + now)).containsExactly("tablet", "phone");
	}

	private static String reportFromDevice(TestReading reading, String device, Instant occurredAt) {
		return reading
			.report("{\"fraction\":0.5,\"device\":{\"id\":\"%s\"},\"occurredAt\":\"%s\"}".formatted(device, occurredAt))
			.assertStatus(200)
			.cursor();
	}

	private static List<String> deviceIds(TestReading reading, String query) {
		return get(reading, query).at("/devices")
			.values()
			.stream()
			.map((device) -> device.path("id").stringValue())
			.toList();
	}

	@Test
	void listIsShownAsOfCursor() {
		String later = reader.start("a-book").report(0.1).cursor();
		String asOf = "?asOf=" + CURSORS.get(1);
		assertThat(items(reader, asOf)).containsExactly(EXPECTED.get(1));
		list(reader, asOf).assertHeader("Cursor", CURSORS.get(1));
		assertThat(items(reader, asOf + "&status=finished")).isEmpty();
		assertThat(items(reader, "?asOf=" + later)).hasSizeGreaterThan(1);
		assertThat(items(reader, "?asOf=" + logStartCursor())).isEmpty();
	}

	@Test
	void listAsOfCursorIsPaged() {
		String last = reader.start("a-book").report(0.1).cursor();
		String query = "?asOf=" + last;
		JsonNode first = list(reader, query + "&limit=1").json();
		String next = first.path("next").stringValue();
		reader.start("a-book");
		JsonNode second = list(reader, query + "&limit=1&page=" + next).json();
		assertThat(List.of(first.at("/items/0"), second.at("/items/0")))
			.isEqualTo(items(reader, query).stream().limit(2).toList());
		for (String other : List.of(query + "&status=reading", "?asOf=" + CURSORS.get(1), "?")) {
			reader.get("/readings" + other + "&page=" + next).assertInvalidParameter("page");
		}
	}

	@Test
	void seenCursorIsAwaitedWithoutChangingAsOfResult() {
		String last = CURSORS.getLast();
		String query = "?seen=" + last + "&asOf=" + CURSORS.get(1);
		assertThat(get(reading, query).json()).isEqualTo(EXPECTED.get(1));
		assertThat(items(reader, query + "&limit=1").getFirst()).isEqualTo(EXPECTED.get(1));
		reading.get("?seen=nonsense&asOf=" + last).assertInvalidParameter("seen");
		Cursor end = Cursor.parse(last).orElseThrow();
		String madeUp = new Cursor(end.epoch(), end.position() + 1_000_000).toString();
		reading.get("?asOf=" + last + "&seen=" + madeUp).assertInvalidParameter("seen");
	}

	@Test
	void readingNotYetStartedOrOfAnotherReaderIsNotFound() {
		TestReader eve = PROGRESS.newReader();
		TestReading othersReading = eve.start("a-book");
		String now = othersReading.report(0.1).cursor();
		TestReading stolen = reader.reading(othersReading.id());
		assertNotFound(reading.get("?asOf=" + logStartCursor()));
		assertNotFound(stolen.get("?asOf=" + now));
		assertNotFound(stolen.get("?axis=occurred&asOf=" + now));
		assertNotFound(stolen.get("/history"));
		for (String id : List.of(UUID.randomUUID().toString(), "no-uuid")) {
			assertNotFound(reader.reading(id).get("?asOf=" + now));
			assertNotFound(reader.reading(id).get("/history"));
		}
		for (String path : List.of(othersReading.path() + "?asOf=" + now, eve.path() + "/readings?asOf=" + now,
				othersReading.path() + "/history")) {
			reader.client().get(path).assertProblem(403, "forbidden");
			PROGRESS.anonymous().get(path).assertProblem(401, "unauthenticated");
		}
	}

	@ParameterizedTest
	@CsvSource({ "asOf=nonsense,asOf", "asOf=,asOf", "asOf=start,asOf", "asOf=%00,asOf", "asOf=2026-01-01,asOf",
			"asOf=1e9,asOf", "asOf=otherepoch-1,asOf", "asOf=-1000000000-01-01T00:00:00Z,asOf",
			"asOf=1815-12-10T00:00:00Z,asOf", "asOf=9999-01-01T00:00:00Z,asOf",
			"asOf=%2B1000000000-12-31T23:59:59Z,asOf", "asOf=FUTURE,asOf", "asOf=FUTURE&axis=occurred,asOf",
			"asOf=otherepoch-1&axis=occurred,asOf", "asOf=9999-01-01T00:00:00Z&axis=occurred,asOf",
			"asOf=LAST&axis=thought,axis", "asOf=LAST&axis=,axis", "asOf=LAST&axis=RECEIVED,axis",
			"asOf=LAST&axis=received&axis=received,axis", "asOf=LAST&asOf=LAST,asOf", "asOf=LAST&as_of=x,as_of",
			"axis=received,axis" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		String future = CURSORS.getFirst().replaceFirst("-.*", "-zzzzzzzz");
		String sent = "?" + query.replace("LAST", CURSORS.getLast()).replace("FUTURE", future);
		reading.get(sent).assertInvalidParameter(parameter);
		reader.get("/readings" + sent).assertInvalidParameter(parameter);
	}

	/** An event may have occurred before the log began. */
	@Test
	void eventTimeBeforeLogStartIsAccepted() {
		for (String instant : List.of("1815-12-10T00:00:00Z", "-1000000000-01-01T00:00:00Z")) {
			assertNotFound(reading.get("?axis=occurred&asOf=" + instant));
			assertThat(items(reader, "?axis=occurred&asOf=" + instant)).isEmpty();
		}
	}

	@Test
	void thePastIsNotWritten() {
		String past = reading.path() + "?asOf=" + CURSORS.getFirst();
		reader.client().delete(past).assertInvalidParameter("asOf");
		reader.client().put(past, "{}").assertProblem(405, "method-not-allowed");
	}

	private static void assertNotFound(TestApiResponse response) {
		response.assertProblem(404, "not-found");
	}

	private static TestApiResponse get(TestReading reading, String query) {
		return reading.get(query).assertStatus(200);
	}

	private static TestApiResponse list(TestReader reader, String query) {
		return reader.get("/readings" + query).assertStatus(200);
	}

	private static List<JsonNode> items(TestReader reader, String query) {
		return List.copyOf(list(reader, query).at("/items").values());
	}

	private static String logStartCursor() {
		return CURSORS.getFirst().replaceFirst("-.*", "-0");
	}

}
