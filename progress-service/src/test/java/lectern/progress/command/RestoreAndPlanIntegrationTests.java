package lectern.progress.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import lectern.progress.ReadingFixture;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Restoring positions, plans and the times of commands over HTTP. */
class RestoreAndPlanIntegrationTests extends ReadingFixture {

	@Test
	void restoresPositionAndUndoesRestore() {
		String early = this.reading.report(0.3).assertStatus(200).cursor();
		this.reading.report("{\"fraction\":0.9,\"device\":{\"id\":\"stray\"}}").assertStatus(200);

		TestApiResponse restored = this.reading.restore(early).assertStatus(200);

		assertFraction(restored, 0.3);
		this.reading.report(0.95, Instant.now().minusSeconds(60))
			.assertStatus(200)
			.assertMember("/moved", false)
			.assertMember("/reason", "occurred-before-restore");

		TestApiResponse undone = this.reading.restore(undo(restored)).assertStatus(200);

		assertFraction(undone, 0.9);
		TestApiResponse again = this.reading.restore(undo(undone)).assertStatus(200);
		assertFraction(again, 0.3);
		assertThat(undo(again)).isNotEmpty();
	}

	private static String undo(TestApiResponse restored) {
		return restored.at("/undo").stringValue();
	}

	@Test
	void restoresPositionAtInstant() {
		String instant = this.reading.report(0.3).at("/reading/position/receivedAt").stringValue();
		this.reading.report(0.9).assertStatus(200);
		assertFraction(this.reading.restore(instant), 0.3);
		this.reading.restore(instant).assertStatus(200).assertMember("/undo", null);
	}

	private static void assertFraction(TestApiResponse response, double expected) {
		response.assertStatus(200).assertMember("/reading/position/fraction", expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789ab-1", "nonsense", "2999-01-01T00:00:00Z", "", "-1", "2026-01-01" })
	void rejectsRestoreToInvalidPointInTime(String to) {
		this.reading.restore(to).assertProblem(422, "invalid");
	}

	@Test
	void rejectsRestoreToBeforeFirstReport() {
		this.reading.report(0.5).assertStatus(200);
		this.reading.restore("2020-01-01T00:00:00Z").assertProblem(409, "no-position-then");
	}

	@Test
	void rejectsRestoreToFutureCursor() {
		String cursor = this.reading.report(0.5).cursor();
		this.reading.restore(cursor.substring(0, cursor.indexOf('-') + 1) + "zzzzzz").assertProblem(422, "invalid");
	}

	@Test
	void planIsCreatedAndReplacedWithIfMatch() {
		this.reading.plan("2099-01-01T12:00:00Z")
			.assertStatus(201)
			.assertCursor()
			.assertVersion(2)
			.assertMember("/plan/finishBy", "2099-01-01T12:00:00Z");
		String another = "2099-06-01T12:00:00Z";
		this.reading.plan(another).assertProblem(428, "precondition-required");
		this.reading.ifMatch("\"1\"").plan(another).assertProblem(412, "precondition-failed");
		this.reading.ifMatch("\"2\"").plan(another).assertStatus(200).assertMember("/version", 3);
		// The plan is already in effect.
		this.reading.ifMatch("*").plan(another).assertStatus(200).assertMember("/version", 3);
	}

	@Test
	void rejectsPlanInThePast() {
		for (Instant past : List.of(Instant.EPOCH, Instant.now().minusSeconds(1))) {
			this.reading.plan(past).assertProblem(409, "plan-in-the-past");
		}
		assertThat(this.reader.eventCount()).isOne();
	}

	@Test
	void removesPlan() {
		this.reading.removePlan().assertStatus(200).assertVersion(1);
		this.reading.plan("2999-01-01T00:00:00Z").assertStatus(201);
		this.reading.removePlan().assertProblem(428, "precondition-required");
		this.reading.ifMatch("\"1\"").removePlan().assertProblem(412, "precondition-failed");
		this.reading.ifMatch("\"2\"").removePlan().assertStatus(200).assertVersion(3).assertMember("/plan", null);
		this.reading.ifMatch("*").removePlan().assertStatus(200).assertVersion(3);
		this.reading.plan("2999-01-01T00:00:00Z").assertStatus(201);
	}

	@Test
	void restoresPositionByTimeOfOccurrence() {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		for (int day = 3; day >= 1; day--) {
			this.reading.report(1 - day / 10.0, now.minus(Duration.ofDays(day))).assertStatus(200);
		}
		Instant to = now.minus(Duration.ofDays(2));
		this.reading.restore(to).assertProblem(409, "no-position-then");
		this.reading.command("/restore", "{\"to\":\"%s\",\"axis\":\"sideways\"}".formatted(to))
			.assertInvalidMember("/axis");
		this.reading.command("/restore", "{\"to\":\"%s\",\"axis\":\"occurred\"}".formatted(to))
			.assertStatus(200)
			.assertMember("/reading/position/fraction", 0.8);
		this.reading
			.command("/what-if",
					"{\"commands\":[{\"type\":\"restore\",\"to\":\"%s\",\"axis\":\"occurred\"}]}"
						.formatted(now.minus(Duration.ofDays(3))))
			.assertStatus(200)
			.assertMember("/reading/position/fraction", 0.7);
	}

	@Test
	void implausibleTimeIsIgnoredAndTheResponseSaysSo() {
		this.reading.report("{\"fraction\":0.2,\"occurredAt\":\"2001-01-01T00:03:00Z\"}")
			.assertStatus(200)
			.assertMember("/moved", true)
			.assertMember("/timeIgnored", true);
		this.reading.report(0.3).assertStatus(200).assertMember("/moved", true).assertMember("/timeIgnored", null);
	}

	@Test
	void finishedAtIsTheTimeOfTheCommand() {
		Instant finishedAt = Instant.parse(this.reading.finish().at("/finishedAt").stringValue());
		assertThat(finishedAt).isBefore(Instant.now().plusSeconds(1));
	}

	@Test
	void duplicateReportIsStoredOnce() {
		String report = "{\"fraction\":0.4,\"occurredAt\":\"%s\",\"device\":{\"id\":\"d\"}}"
			.formatted(Instant.now().minusSeconds(60));
		this.reading.report(report).assertStatus(200).assertMember("/moved", true);
		this.reading.report(report).assertStatus(200).assertMember("/reason", "reported-already").assertVersion(2);
	}

	/** Only the distance between a device's own times is trusted. */
	@ParameterizedTest
	@CsvSource({ "P365D, true, PT1M", "P365D, false, PT0S", "-P3650D, true, PT1M", "-P3650D, false, PT0S",
			"-P20D, false, P20DT1M" })
	void wrongDeviceClockIsCorrected(Duration clockError, boolean sendsSentAt, Duration expectedAge) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		Instant occurredAt = now.plus(clockError).minusSeconds(60);
		String sentAt = sendsSentAt ? ",\"sentAt\":\"" + now.plus(clockError) + "\"" : "";
		TestApiResponse response = this.reading
			.report("{\"fraction\":0.5,\"occurredAt\":\"" + occurredAt + "\"" + sentAt + "}")
			.assertStatus(200)
			.assertMember("/moved", true);
		assertThat(instant(response, "occurredAt")).isBetween(now.minus(expectedAge), Instant.now().minus(expectedAge))
			.isBeforeOrEqualTo(instant(response, "receivedAt"));
		// The corrected time does not hold back later reports.
		this.reading.report(0.6).assertStatus(200).assertMember("/moved", true);
	}

	private static Instant instant(TestApiResponse response, String member) {
		return Instant.parse(response.at("/reading/position/" + member).stringValue());
	}

}
