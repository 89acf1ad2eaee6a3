package lectern.progress.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.VersionSelection;
import lectern.progress.model.EventTimeKey;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Timeline;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Computes readings as they were at an instant by the time of occurrence, whenever their
 * events were received. It starts from the stored timeline and continues with newer
 * events of the log. An event that was received after the timeline was stored may belong
 * before the chosen part of it; then the query is repeated from an earlier part.
 */
@Component
class EventTimeReadings {

	private final TimelineSegments segments;

	private final EventLog log;

	EventTimeReadings(TimelineSegments segments, EventLog log) {
		this.segments = segments;
		this.log = log;
	}

	/**
	 * Compute a reading as it was at an instant.
	 * @param position of the last event that is taken into account
	 * @return cold; empty if the reading had not started, or belongs to another reader
	 */
	Mono<ReadingDocument> findAt(String reader, String stream, Instant until, long position) {
		return findAt(reader, stream, until, until, position);
	}

	/**
	 * @param since take the timeline from the last segment that ends by then; later
	 * events must not belong before it
	 */
	private Mono<ReadingDocument> findAt(String reader, String stream, Instant since, Instant until, long position) {
		return this.segments.slice(reader, stream, since, until).flatMap((slice) -> {
			List<EventTimeKey> keys = slice.keysUntil(until);
			int through = slice.progress().throughVersion();
			Timeline timeline = new Timeline(keys, slice.progress().lastStatusAt());
			return this.log
				.load(new VersionSelection(stream, keys.stream().map(EventTimeKey::version).toList(), through,
						position))
				.filter((event) -> event.reader().equals(reader))
				.collectList()
				.flatMap((events) -> {
					Instant earliest = addToTimeline(events, through, timeline, until);
					return slice.beginsAfter(earliest) ? findAt(reader, stream, earliest, until, position)
							: Mono.justOrEmpty(fold(reader, slice, timeline, events, until));
				});
		});
	}

	/**
	 * Add the events to the timeline that it does not contain yet.
	 * @return when the earliest of them occurred, or {@code until} if that is earlier
	 */
	private static Instant addToTimeline(List<StoredEvent> events, int through, Timeline timeline, Instant until) {
		Instant earliest = until;
		for (StoredEvent event : events) {
			if (event.version() > through && event.payload() instanceof ReadingEvent known) {
				Instant at = timeline.add(event.version(), known).at();
				earliest = at.isBefore(earliest) ? at : earliest;
			}
		}
		return earliest;
	}

	private static @Nullable ReadingDocument fold(String reader, TimelineSlice slice, Timeline timeline,
			List<StoredEvent> events, Instant until) {
		Map<Integer, StoredEvent> byVersion = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<StoredEvent> occurred = timeline.sorted()
			.stream()
			.filter((key) -> !key.at().isAfter(until))
			.map((key) -> Objects.requireNonNull(byVersion.get(key.version())))
			.toList();
		EventTimeFold fold = new EventTimeFold(reader, slice.document());
		if (fold.document() != null || hasStarted(occurred, until)) {
			occurred.forEach(fold::apply);
		}
		return fold.document();
	}

	/**
	 * Tell whether the reading had started: by its start event, or by a report that
	 * occurred before the start.
	 */
	private static boolean hasStarted(List<StoredEvent> occurred, Instant until) {
		return occurred.size() > 1 || (occurred.size() == 1 && !occurred.getFirst().occurredAt().isAfter(until));
	}

}
