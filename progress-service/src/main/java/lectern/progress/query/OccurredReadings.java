package lectern.progress.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.EventLog;
import lectern.progress.log.Selection;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.Occurrence;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Timeline;

/**
 * Where readers were, whenever it was told. It begins with what the timeline leads to and
 * goes on with the log. What has come in since the timeline was kept may belong before
 * that: then it begins earlier.
 */
@Component
class OccurredReadings {

	private final TimelineSegments timelines;

	private final EventLog log;

	OccurredReadings(TimelineSegments timelines, EventLog log) {
		this.timelines = timelines;
		this.log = log;
	}

	/**
	 * A reader's reading as it was at an instant.
	 * @param position of the last event that is known
	 * @return cold; empty if it had not begun, or is somebody else's
	 */
	Mono<ReadingDocument> at(String reader, String stream, Instant until, long position) {
		return at(reader, stream, until, until, position);
	}

	/**
	 * @param since where the timeline may be taken up; what came in later belongs after
	 * it
	 */
	private Mono<ReadingDocument> at(String reader, String stream, Instant since, Instant until, long position) {
		return this.timelines.excerpt(reader, stream, since, until).flatMap((excerpt) -> {
			List<Occurrence> kept = excerpt.until(until);
			int through = excerpt.extent().through();
			Timeline timeline = new Timeline(kept, excerpt.extent().said());
			return this.log
				.load(new Selection(stream, kept.stream().map(Occurrence::version).toList(), through, position))
				.filter((event) -> event.reader().equals(reader))
				.collectList()
				.flatMap((events) -> {
					Instant earliest = place(events, through, timeline, until);
					return excerpt.beginsAfter(earliest) ? at(reader, stream, earliest, until, position)
							: Mono.justOrEmpty(told(reader, excerpt, timeline, events, until));
				});
		});
	}

	/**
	 * Give those a place that have none yet.
	 * @return when the first of them occurred; otherwise {@code until}
	 */
	private static Instant place(List<StoredEvent> events, int through, Timeline timeline, Instant until) {
		Instant earliest = until;
		for (StoredEvent event : events) {
			if (event.version() > through) {
				Instant at = timeline.add(event.version(), (ReadingEvent) event.payload()).at();
				earliest = at.isBefore(earliest) ? at : earliest;
			}
		}
		return earliest;
	}

	private static @Nullable ReadingDocument told(String reader, Excerpt excerpt, Timeline timeline,
			List<StoredEvent> events, Instant until) {
		Map<Integer, StoredEvent> byVersion = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<StoredEvent> occurred = timeline.inOrder()
			.stream()
			.filter((occurrence) -> !occurrence.at().isAfter(until))
			.map((occurrence) -> Objects.requireNonNull(byVersion.get(occurrence.version())))
			.toList();
		Retelling retelling = new Retelling(reader, excerpt.document());
		if (retelling.document() != null || hasBegun(occurred, until)) {
			occurred.forEach(retelling::tell);
		}
		return retelling.document();
	}

	/** With its start, or with what was reported from before it. */
	private static boolean hasBegun(List<StoredEvent> occurred, Instant until) {
		return occurred.size() > 1 || (occurred.size() == 1 && !occurred.getFirst().occurredAt().isAfter(until));
	}

}
