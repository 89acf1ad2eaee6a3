package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.representation.ProgressEventTypes;
import lectern.progress.representation.ReadingDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Events of types that only a later release knows. */
class UnknownEventTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final String READING = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private static final String DATA = "{\"text\":\"a \\\"note\\\"\",\"page\":[1]}";

	private final EventTypes types = ProgressEventTypes.registered();

	private final StoredEvent started = event(1, READING, "reading-started",
			new ReadingStarted("ada", new BookSnapshot("a-book", "A Book", List.of()), null, NOON));

	private final StoredEvent unknown = event(2, READING, "note-taken", this.types.read("note-taken", DATA));

	@Test
	void unknownTypeIsReadAsItsJson() {
		assertThat(this.unknown.payload()).isEqualTo(new UnknownEvent(DATA));
		assertThat(new JsonMapper().writeValueAsString(this.unknown.payload())).isEqualTo(DATA);
	}

	@Test
	void unknownEventOfReadingChangesOnlyItsVersion() {
		ReadingDocument before = ReadingDocument.of(List.of(this.started));
		ReadingDocument after = ReadingDocument.of(List.of(this.started, this.unknown));
		assertThat(after.version()).isEqualTo(2);
		assertThat(after).usingRecursiveComparison().ignoringFields("version").isEqualTo(before);
	}

	@Test
	void streamsShowStoredJsonOfUnknownEvent() {
		assertThat(new JsonMapper().writeValueAsString(ReadingDocument.changesOf(this.unknown))).isEqualTo(DATA);
	}

	@Test
	void unknownEventConcernsReadingOnlyInStreamOfReading() {
		assertThat(ReadingDocument.concerns(this.unknown)).isTrue();
		assertThat(ReadingDocument.concerns(event(2, "path:ada:architect", "note-taken", this.unknown.payload())))
			.isFalse();
		assertThat(ReadingDocument.concerns(event(2, "reader:ada", "note-taken", this.unknown.payload()))).isFalse();
	}

	@Test
	void commandsAreDecidedAfterUnknownEvent() {
		ReadingState state = ReadingState.NOT_STARTED.after(this.started).after(this.unknown);
		assertThat(state.version()).isEqualTo(2);
		WhatIfEvaluation evaluation = new WhatIfEvaluation(List.of(this.started, this.unknown), NOON);
		evaluation.evaluate(new ReportPosition("ada", new BigDecimal("0.5"), null, null, null, null,
				DeviceClock.UNKNOWN, PositionUpdateMode.LATEST, NOON));
		assertThat(evaluation.response().reading().version()).isEqualTo(3);
	}

	private static StoredEvent event(int version, String stream, String type, Object payload) {
		return new StoredEvent(version, stream, version, "ada", type, "a-book", NOON, NOON, payload);
	}

}
