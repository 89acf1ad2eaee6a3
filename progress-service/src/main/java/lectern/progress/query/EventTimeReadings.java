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
 * Where readers were, whenever it was told. It begins with what the timeline leads to and
 * goes on with the log. What has come in since the timeline was kept may belong before
 * that: then it begins earlier.
 */
@Component
class EventTimeReadings {

	private final TimelineSegments segments;

	private final EventLog log;

	EventTimeReadings(TimelineSegments timelines, EventLog log) {
		this.segments = timelines;
		this.log = log;
	}

	/**
	 * A reader's reading as it was at an instant.
	 * @param position of the last event that is known
	 * @return cold; empty if it had not begun, or is somebody else's
	 */
	Mono<ReadingDocument> findAt(String reader, String stream, Instant until, long position) {
		return findAt(reader, stream, until, until, position);
	}

	/**
	 * @param since where the timeline may be taken up; what came in later belongs after
	 * it
	 */
	private Mono<ReadingDocument> findAt(String reader, String stream, Instant since, Instant until, long position) {
		return this.segments.slice(reader, stream, since, until).flatMap((excerpt) -> {
			List<EventTimeKey> kept = excerpt.keysUntil(until);
			int through = excerpt.progress().throughVersion();
			Timeline timeline = new Timeline(kept, excerpt.progress().lastStatusAt());
			return this.log
				.load(new VersionSelection(stream, kept.stream().map(EventTimeKey::version).toList(), through,
						position))
				.filter((event) -> event.reader().equals(reader))
				.collectList()
				.flatMap((events) -> {
					Instant earliest = addToTimeline(events, through, timeline, until);
					return excerpt.beginsAfter(earliest) ? findAt(reader, stream, earliest, until, position)
							: Mono.justOrEmpty(fold(reader, excerpt, timeline, events, until));
				});
		});
	}

	/**
	 * Give those a place that have none yet.
	 * @return when the first of them occurred; otherwise {@code until}
	 */
	private static Instant addToTimeline(List<StoredEvent> events, int through, Timeline timeline, Instant until) {
		Instant earliest = until;
		for (StoredEvent event : events) {
			if (event.version() > through) {
				Instant at = timeline.add(event.version(), (ReadingEvent) event.payload()).at();
				earliest = at.isBefore(earliest) ? at : earliest;
			}
		}
		return earliest;
	}

	private static @Nullable ReadingDocument fold(String reader, TimelineSlice excerpt, Timeline timeline,
			List<StoredEvent> events, Instant until) {
		Map<Integer, StoredEvent> byVersion = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<StoredEvent> occurred = timeline.sorted()
			.stream()
			.filter((occurrence) -> !occurrence.at().isAfter(until))
			.map((occurrence) -> Objects.requireNonNull(byVersion.get(occurrence.version())))
			.toList();
		EventTimeFold retelling = new EventTimeFold(reader, excerpt.document());
		if (retelling.document() != null || hasStarted(occurred, until)) {
			occurred.forEach(retelling::apply);
		}
		return retelling.document();
	}

	/** With its start, or with what was reported from before it. */
	private static boolean hasStarted(List<StoredEvent> occurred, Instant until) {
		return occurred.size() > 1 || (occurred.size() == 1 && !occurred.getFirst().occurredAt().isAfter(until));
	}

}
