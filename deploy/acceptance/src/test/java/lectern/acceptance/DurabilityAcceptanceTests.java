package lectern.acceptance;

import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A place that was answered for is never lost, whatever is killed right after. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class DurabilityAcceptanceTests {

	@ParameterizedTest
	@ValueSource(strings = { "fsync", "synchronous_commit", "full_page_writes" })
	void theDatabaseKeepsWhatItHasCommitted(String setting, Lectern lectern) throws Exception {
		for (String database : new String[] { "catalog", "progress" }) {
			assertThat(lectern.sql(database, "show " + setting)).isEqualTo("on");
		}
	}

	@Test
	void aPositionIsInTheStreamInTheCurrentReadingsAndInTheLog(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		try (Subscriber subscriber = reader.follow("")) {
			subscriber.next();
			String reading = reader.start("fluent-python");
			assertThat(subscriber.nextEvent().data().path("type").asString()).isEqualTo("reading-started");

			String cursor = reader.report(reading, 0.42);

			Subscriber.Frame frame = subscriber.nextEvent();
			assertThat(frame.id()).isEqualTo(cursor);
			assertThat(frame.data().path("type").asString()).isEqualTo("position-reported");
			assertThat(frame.data().path("reader").asString()).isEqualTo(reader.handle());
			assertThat(frame.data().path("data").path("position").path("fraction").asDouble()).isEqualTo(0.42);
			reader.assertAt(reading, 0.42, cursor);
			assertThat(inTheLog(lectern, reading)).isEqualTo("2");
		}
	}

	@Test
	void theReadersStreamIsTakenUpWithNothingMissedAndNothingTwice(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String opening;
		try (Subscriber subscriber = reader.follow("")) {
			opening = subscriber.next().id();
		}
		String reading = reader.start("fluent-python");
		String first = reader.report(reading, 0.1);
		String second = reader.report(reading, 0.2);
		try (Subscriber again = reader.follow(opening)) {
			assertThat(again.nextEvent().data().path("type").asString()).isEqualTo("reading-started");
			assertThat(again.nextEvent().id()).isEqualTo(first);
			assertThat(again.nextEvent().id()).isEqualTo(second);
			String third = reader.report(reading, 0.3);
			assertThat(again.nextEvent().id()).isEqualTo(third);
		}
		try (Subscriber again = reader.follow(second)) {
			assertThat(again.nextEvent().data().path("data").path("position").path("fraction").asDouble())
				.isEqualTo(0.3);
		}
	}

	@Test
	void aPositionSurvivesItsServiceBeingKilledRightAfterTheAnswer(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String reading = reader.start("using-asyncio-in-python");
		long killed = lectern.pid("progress-service");

		String cursor = reader.report(reading, 0.77);
		lectern.kill("progress-service");

		lectern.awaitRestart("progress-service", killed);
		reader.assertAt(reading, 0.77, cursor);
		assertThat(inTheLog(lectern, reading)).isEqualTo("2");
	}

	@Test
	void aPositionSurvivesTheDatabaseBeingKilledRightAfterTheAnswer(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String reading = reader.start("high-performance-python");
		long killed = lectern.pid("postgresql");

		String cursor = reader.report(reading, 0.88);
		lectern.kill("postgresql");

		lectern.awaitRestart("postgresql", killed);
		Awaitility.await().atMost(Lectern.RESTART).untilAsserted(() -> reader.assertAt(reading, 0.88, cursor));
		assertThat(inTheLog(lectern, reading)).isEqualTo("2");
		assertThat(new Curator(lectern).write("after-the-crash", "After " + killed)).isNotEmpty();
	}

	private static String inTheLog(Lectern lectern, String reading) throws Exception {
		return lectern.sql("progress",
				"select count(*) from event where stream like '%" + UUID.fromString(reading) + "'");
	}

}
