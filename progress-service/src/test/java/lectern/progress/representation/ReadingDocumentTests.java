package lectern.progress.representation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class ReadingDocumentTests {

	private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final StoredEvent STARTED = storedEvent(1,
			new ReadingStarted("ada", new BookSnapshot("a-book", "A Book", List.of("Ann")), null, NOON));

	private static final List<Device> DEVICES = List.of(new Device("kobo", null));

	@Test
	void startedEventYieldsWholeReading() {
		ReadingDocument started = ReadingDocument.of(List.of(STARTED));
		assertThat(started.status()).isEqualTo(ReadingStatus.READING);
		assertThat(started.id()).hasToString(ID);
		assertThat(started.position()).isNull();
		assertThat(started.version()).isOne();
		assertThat(ReadingDocument.changesOf(STARTED)).isEqualTo(started);
	}

	@Test
	void reportedEventYieldsOnlyChangedMembers() {
		StoredEvent moved = reportedEvent(2, "0.5", true, true, DEVICES);
		StoredEvent back = reportedEvent(3, "0.2", true, false, null);
		StoredEvent late = reportedEvent(4, "0.1", false, false, null);
		ReadingDocument reading = ReadingDocument.of(List.of(STARTED, moved, back, late));
		assertThat(reading.position()).isEqualTo(positionView("0.2", back));
		assertThat(reading.furthest()).isEqualTo(positionView("0.5", moved));
		assertThat(reading.devices()).isEqualTo(DEVICES);
		assertThat(reading.version()).isEqualTo(4);
		assertThat(ReadingDocument.changesOf(moved)).isEqualTo(new ReadingChanges(null, null, null, null,
				positionView("0.5", moved), positionView("0.5", moved), null, DEVICES, null, 2));
		assertThat(ReadingDocument.changesOf(back)).isEqualTo(
				new ReadingChanges(null, null, null, null, positionView("0.2", back), null, null, null, null, 3));
		assertThat(ReadingDocument.changesOf(late))
			.isEqualTo(new ReadingChanges(null, null, null, null, null, null, null, null, null, 4));
	}

	@Test
	void removedReadingKeepsItsMembersUntilItIsReturned() {
		StoredEvent removed = storedEvent(2, new ReadingRemoved(NOON, null));
		StoredEvent returned = storedEvent(3, new ReadingReturned(NOON, null));
		ReadingDocument document = ReadingDocument.of(List.of(STARTED, removed));
		assertThat(document.wasRemoved()).isTrue();
		assertThat(document.status()).isEqualTo(ReadingStatus.READING);
		assertThat(ReadingDocument.evolve(document, returned).wasRemoved()).isFalse();
		assertThat(ReadingDocument.changesOf(removed))
			.isEqualTo(new ReadingChanges(null, null, null, null, null, null, null, null, Optional.of(true), 2));
		assertThat(ReadingDocument.changesOf(returned))
			.isEqualTo(new ReadingChanges(null, null, null, null, null, null, null, null, Optional.empty(), 3));
	}

	@Test
	void finishedAtIsRemovedByReopening() {
		StoredEvent finished = storedEvent(2, new ReadingFinished(NOON.plusSeconds(2)));
		StoredEvent reopened = storedEvent(3, new ReadingReopened(NOON.plusSeconds(3)));
		assertThat(ReadingDocument.of(List.of(STARTED, finished)))
			.extracting(ReadingDocument::status, ReadingDocument::finishedAt)
			.containsExactly(ReadingStatus.FINISHED, NOON.plusSeconds(2));
		assertThat(ReadingDocument.of(List.of(STARTED, finished, reopened)))
			.extracting(ReadingDocument::status, ReadingDocument::finishedAt)
			.containsExactly(ReadingStatus.READING, null);
		assertThat(((ReadingChanges) ReadingDocument.changesOf(reopened)).finishedAt()).as("removed, not unchanged")
			.isEmpty();
	}

	@Test
	void removedMembersAreNullInJsonOfChanges() {
		JsonMapper mapper = JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL)
				.withContentInclusion(JsonInclude.Include.NON_NULL))
			.build();
		StoredEvent finished = storedEvent(2, new ReadingFinished(NOON));
		StoredEvent reopened = storedEvent(3, new ReadingReopened(NOON.plusSeconds(3)));
		StoredEvent planned = storedEvent(4, new PlanSet(NOON.plusSeconds(60), NOON));
		StoredEvent unplanned = storedEvent(5, new PlanRemoved(NOON, null));
		StoredEvent paged = storedEvent(6, new ReadingEditionChanged("2nd", 300, null, null, NOON, null));
		StoredEvent noEdition = storedEvent(7, new ReadingEditionChanged(null, null, null, null, NOON, null));
		assertThat(Stream.of(finished, reopened, planned, unplanned, paged, noEdition)
			.map(ReadingDocument::changesOf)
			.map(mapper::writeValueAsString))
			.containsExactly("{\"status\":\"finished\",\"finishedAt\":\"2026-03-01T12:00:00Z\",\"version\":2}",
					"{\"status\":\"reading\",\"finishedAt\":null,\"version\":3}",
					"{\"plan\":{\"finishBy\":\"2026-03-01T12:01:00Z\"},\"version\":4}", "{\"plan\":null,\"version\":5}",
					"{\"edition\":\"2nd\",\"pages\":300,\"version\":6}",
					"{\"edition\":null,\"pages\":null,\"version\":7}");
		assertThat(ReadingDocument.of(List.of(STARTED, finished, reopened, planned, unplanned)).plan()).isNull();
		assertThat(ReadingDocument.of(List.of(STARTED, paged)))
			.extracting(ReadingDocument::edition, ReadingDocument::pages)
			.containsExactly("2nd", 300);
		assertThat(ReadingDocument.of(List.of(STARTED, paged, noEdition)))
			.extracting(ReadingDocument::edition, ReadingDocument::pages)
			.containsExactly(null, null);
	}

	@Test
	void abandonmentPlanAndRestoredPositionAreIncluded() {
		StoredEvent planned = storedEvent(2, new PlanSet(NOON.plusSeconds(1_000), NOON));
		Position position = new Position(new BigDecimal("0.3"), null, null, null, null, NOON);
		StoredEvent restored = storedEvent(3, new PositionRestored("x-1", position, position, NOON.plusSeconds(3)));
		StoredEvent abandoned = storedEvent(4, new ReadingAbandoned(NOON.plusSeconds(4)));
		StoredEvent resumed = storedEvent(5, new ReadingResumed(NOON.plusSeconds(5)));
		ReadingDocument reading = ReadingDocument.of(List.of(STARTED, planned, restored, abandoned));
		assertThat(reading.status()).isEqualTo(ReadingStatus.ABANDONED);
		assertThat(reading.plan()).isEqualTo(new PlanView(NOON.plusSeconds(1_000)));
		assertThat(reading.position()).isEqualTo(PositionView.of(position, restored.receivedAt()));
		assertThat(reading.furthest()).isEqualTo(reading.position());
		assertThat(ReadingDocument.evolve(reading, resumed).status()).isEqualTo(ReadingStatus.READING);
	}

	@Test
	void eventsWithoutStartAreRejected() {
		assertThatNullPointerException().isThrownBy(() -> ReadingDocument.of(List.of()));
		assertThatNullPointerException()
			.isThrownBy(() -> ReadingDocument.of(List.of(reportedEvent(2, "0.5", true, true, null))));
	}

	private static PositionView positionView(String fraction, StoredEvent event) {
		return new PositionView(new BigDecimal(fraction), null, null, null, null, event.occurredAt(),
				event.receivedAt());
	}

	private static StoredEvent reportedEvent(int version, String fraction, boolean moved, boolean furthest,
			@Nullable List<Device> devices) {
		Position position = new Position(new BigDecimal(fraction), null, null, null, null, NOON.plusSeconds(version));
		return storedEvent(version, new PositionReported(position, null, moved, null, furthest, devices));
	}

	private static StoredEvent storedEvent(int version, ReadingEvent event) {
		return new StoredEvent(version, ID, version, "ada", "any", "a-book", event.occurredAt(),
				NOON.plusSeconds(100 + version), event);
	}

}
