package lectern.acceptance;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An acknowledged position is in the log, in the read model and in the stream of its
 * reader.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class DurabilityAcceptanceTests {

	@ParameterizedTest
	@ValueSource(strings = { "fsync", "synchronous_commit", "full_page_writes" })
	void databaseDurabilitySettingIsOn(String setting, LecternInstance lectern) throws Exception {
		for (String database : new String[] { "catalog", "progress" }) {
			assertThat(lectern.queryValue(database, "show " + setting)).isEqualTo("on");
		}
	}

	@Test
	void positionIsInStreamReadModelAndLog(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		try (RecordingStreamClient subscriber = reader.subscribe("")) {
			subscriber.nextFrame();
			String reading = reader.startReading("fluent-python");
			assertThat(subscriber.nextEvent().data().path("type").asString()).isEqualTo("reading-started");

			String cursor = reader.reportPosition(reading, 0.42);

			RecordingStreamClient.ReceivedFrame frame = subscriber.nextEvent();
			assertThat(frame.id()).isEqualTo(cursor);
			assertThat(frame.data().path("type").asString()).isEqualTo("position-reported");
			assertThat(frame.data().path("reader").asString()).isEqualTo(reader.handle());
			assertThat(frame.data().path("data").path("position").path("fraction").asDouble()).isEqualTo(0.42);
			reader.assertPosition(reading, 0.42, cursor);
			assertThat(countLoggedEvents(lectern, reading)).isEqualTo("2");
		}
	}

	@Test
	void readerStreamResumesWithoutGapOrDuplicate(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String opening;
		try (RecordingStreamClient subscriber = reader.subscribe("")) {
			opening = subscriber.nextFrame().id();
		}
		String reading = reader.startReading("fluent-python");
		String first = reader.reportPosition(reading, 0.1);
		String second = reader.reportPosition(reading, 0.2);
		try (RecordingStreamClient again = reader.subscribe(opening)) {
			assertThat(again.nextEvent().data().path("type").asString()).isEqualTo("reading-started");
			assertThat(again.nextEvent().id()).isEqualTo(first);
			assertThat(again.nextEvent().id()).isEqualTo(second);
			String third = reader.reportPosition(reading, 0.3);
			assertThat(again.nextEvent().id()).isEqualTo(third);
		}
		try (RecordingStreamClient again = reader.subscribe(second)) {
			assertThat(again.nextEvent().data().path("data").path("position").path("fraction").asDouble())
				.isEqualTo(0.3);
		}
	}

	private static String countLoggedEvents(LecternInstance lectern, String reading) throws Exception {
		return lectern.queryValue("progress",
				"select count(*) from event where stream like '%" + UUID.fromString(reading) + "'");
	}

}
