package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader's statistics over HTTP. */
class StatisticsControllerIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String MONTH = "?from=2026-02-01T00:00:00Z&to=2026-03-03T00:00:00Z";

	private static TestReader reader;

	private static String lastCursor;

	private static String secondCursor;

	/**
	 * Report on two consecutive days, not in the order of time: 8 minutes, then 5 and
	 * nothing more after a long gap.
	 */
	@BeforeAll
	static void report() {
		PROGRESS.addBook("fluent-python", "Fluent Python", "Luciano Ramalho");
		reader = PROGRESS.newReader();
		TestReading reading = reader.start("fluent-python", Instant.parse("2026-03-01T00:00:00Z"));
		reading.report(0.11, Instant.parse("2026-03-01T20:05:00Z")).assertStatus(200);
		secondCursor = reading.report(0.10, Instant.parse("2026-03-01T20:00:00Z")).assertStatus(200).cursor();
		reading.report(0.13, Instant.parse("2026-03-02T19:00:00Z")).assertStatus(200);
		reading.report(0.12, Instant.parse("2026-03-01T20:08:00Z")).assertStatus(200);
		reading.report(0.14, Instant.parse("2026-03-02T19:05:00Z")).assertStatus(200);
		lastCursor = reading.report(0.15, Instant.parse("2026-03-02T19:30:00Z")).assertStatus(200).cursor();
	}

	@Test
	void statisticsContainDaysMinutesAndStreaks() {
		TestApiResponse response = get(MONTH + "&seen=" + lastCursor).assertCursor();
		assertThat(response.text()).isEqualTo("""
				{"from":"2026-02-01T00:00:00Z","to":"2026-03-03T00:00:00Z","zone":"UTC","daysRead":2,"minutes":13,\
				"streak":2,"longestStreak":2,"finished":0,\
				"days":[{"date":"2026-03-01","minutes":8},{"date":"2026-03-02","minutes":5}]}""");
	}

	/** The historical statistics are computed from events instead of the read model. */
	@Test
	void asOfLatestCursorEqualsCurrentStatistics() {
		String query = MONTH + "&seen=" + lastCursor;
		assertThat(get(query + "&asOf=" + lastCursor).text()).isEqualTo(get(query).text());
	}

	@Test
	void asOfEarlierCursorIgnoresLaterReports() {
		get(MONTH + "&asOf=" + secondCursor).assertMember("/daysRead", 1)
			.assertMember("/minutes", 5)
			.assertMember("/days/0/date", "2026-03-01")
			.assertMember("/days/0/minutes", 5)
			.assertMember("/days/1", null);
	}

	@Test
	void daysAreCountedInRequestedZone() {
		get(MONTH + "&zone=Pacific/Kiritimati&seen=" + lastCursor).assertMember("/days/0/date", "2026-03-02");
	}

	@Test
	void dateIsBeginningOfDayInZone() {
		get("?from=2026-02-28&to=2026-03-02&zone=Europe/Rome&seen=" + lastCursor)
			.assertMember("/from", "2026-02-27T23:00:00Z")
			.assertMember("/to", "2026-03-01T23:00:00Z")
			.assertMember("/daysRead", 1)
			.assertMember("/minutes", 8);
	}

	@Test
	void instantsOfPeriodHaveMicroseconds() {
		get("?from=2026-02-01T00:00:00.123456789Z").assertMember("/from", "2026-02-01T00:00:00.123456Z");
		Instant now = Instant.parse(get("").at("/to").stringValue());
		assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
	}

	@Test
	void everyInvalidParameterIsNamed() {
		reader.get("/statistics?who=bob&zone=Mars/Olympus&to=nonsense&from=2999-01-01T00:00:00Z&asOf=x&seen=y")
			.assertProblem(400, "invalid-parameter")
			.assertMember("/errors/0/parameter", "who")
			.assertMember("/errors/1/parameter", "seen")
			.assertMember("/errors/2/parameter", "zone")
			.assertMember("/errors/3/parameter", "to")
			.assertMember("/errors/4/parameter", "from")
			.assertMember("/errors/5/parameter", "asOf");
	}

	@Test
	void cursorAsBoundMeansReceiveTimeOfItsEvent() {
		Instant to = Instant.parse(get("?to=" + lastCursor + "&seen=" + lastCursor).at("/to").stringValue());
		assertThat(Duration.between(to, Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
	}

	@Test
	void finishedReadingCountsUntilReopened() {
		TestReader other = PROGRESS.newReader();
		TestReading reading = other.start("fluent-python");
		assertFinishedReadings(other, 1, reading.finish().cursor());
		assertFinishedReadings(other, 0, reading.reopen().cursor());
		assertFinishedReadings(other, 1, reading.finish().cursor());
	}

	private static void assertFinishedReadings(TestReader reader, int expected, String seen) {
		reader.get("/statistics?seen=" + seen).assertStatus(200).assertMember("/finished", expected);
		reader.get("/statistics?to=2021-01-01T00:00:00Z&from=2020-01-01T00:00:00Z&seen=" + seen)
			.assertStatus(200)
			.assertMember("/finished", 0);
	}

	@Test
	void periodDoesNotCutStreak() {
		TestReader daily = PROGRESS.newReader();
		TestReading reading = daily.start("fluent-python");
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		String seen = "";
		for (int day = 11; day >= 0; day--) {
			seen = reading.report(1 - day / 20.0, now.minus(Duration.ofDays(day))).assertStatus(200).cursor();
		}
		String query = "/statistics?from=" + now.minus(Duration.ofDays(6)) + "&seen=" + seen;
		for (String asOf : List.of("", "&asOf=" + seen)) {
			daily.get(query + asOf)
				.assertStatus(200)
				.assertMember("/daysRead", 7)
				.assertMember("/streak", 12)
				.assertMember("/longestStreak", 12);
		}
	}

	@Test
	void reportAfterFinishCounts() {
		TestReader late = PROGRESS.newReader();
		TestReading reading = late.start("fluent-python");
		Instant now = Instant.now();
		reading.finish().assertStatus(200);
		reading.report(0.4, now.minusSeconds(400)).assertStatus(200).assertMember("/reason", "occurred-before-finish");
		String seen = reading.report(0.5, now.minusSeconds(100)).assertStatus(200).cursor();
		late.get("/statistics?seen=" + seen).assertStatus(200).assertMember("/minutes", 5);
	}

	@Test
	void readerWithoutReportsHasEmptyStatistics() {
		PROGRESS.newReader()
			.get("/statistics")
			.assertStatus(200)
			.assertMember("/daysRead", 0)
			.assertMember("/days", new String[0]);
	}

	@ParameterizedTest
	@CsvSource({ "zone=Mars/Olympus, zone", "from=yesterday, from", "asOf=2999-01-01T00:00:00Z, asOf",
			"to=2999-01-01T00:00:00Z, to", "to=abcdefghijkl-1, to",
			"from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, from",
			"from=1526-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, from", "who=bob, who", "seen=nonsense, seen",
			"zone=UTC&zone=UTC, zone", "from=2026-02-28, from", "to=2026-02-31&zone=UTC, to" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		reader.get("/statistics?" + query).assertInvalidParameter(parameter);
	}

	@Test
	void statisticsOfAnotherReaderAreForbidden() {
		String path = reader.path() + "/statistics";
		PROGRESS.newReader().client().get(path).assertProblem(403, "forbidden");
		PROGRESS.anonymous().get(path).assertProblem(401, "unauthenticated");
	}

	private static TestApiResponse get(String query) {
		return reader.get("/statistics" + query).assertStatus(200);
	}

}
