package lectern.progress.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.VersionSelection;
import lectern.progress.model.EventTimeKey;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Timeline;
import lectern.progress.projection.IdleProjection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Maintains the timelines of readings, updated at each checkpoint of their streams. An
 * event that arrives late shifts everything that occurred after it. The affected segments
 * are divided again at once, and folded again a few at a time, so that the work per step
 * is bounded however long a reading is.
 */
class TimelineProjection implements IdleProjection {

	/**
	 * The number of readings whose timelines are continued together. Readings of devices
	 * that report at the same pace reach their checkpoints together, and three statements
	 * for each of them would take longer than the throttle of projections.
	 */
	private static final int READINGS_PER_STEP = 64;

	/** The number of events that are applied in one step. */
	private static final int EVENTS_PER_STEP = READINGS_PER_STEP * EventLog.CHECKPOINT_INTERVAL;

	/** The number of segments that are folded again in one step. */
	private static final int REFOLD_BATCH_SIZE = 50;

	private final TimelineSegments segments;

	private final EventLog log;

	TimelineProjection(TimelineSegments segments, EventLog log) {
		this.segments = segments;
		this.log = log;
	}

	@Override
	public String name() {
		return "timeline";
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, StoredEvent> checkpoints = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent && event.version() % EventLog.CHECKPOINT_INTERVAL == 0) {
				checkpoints.put(event.stream(), event);
			}
		}
		return checkpoints.isEmpty() ? Mono.empty()
				: Flux.fromIterable(checkpoints.values())
					.buffer(READINGS_PER_STEP)
					.concatMap(this::catchUpTo)
					.then(onIdle());
	}

	private Mono<Void> catchUpTo(List<StoredEvent> checkpoints) {
		return this.segments.ends(checkpoints.stream().map(StoredEvent::stream).toList())
			.map((ends) -> TimelineStep.next(checkpoints, ends, EVENTS_PER_STEP))
			.filter((steps) -> !steps.isEmpty())
			.flatMap(this::apply)
			.filter((unfinished) -> !unfinished.isEmpty())
			.flatMap(this::catchUpTo);
	}

	/** Return the checkpoints that are not reached. */
	private Mono<List<StoredEvent>> apply(Collection<TimelineStep> steps) {
		return this.log.load(steps.stream().map(TimelineStep::slice).toList())
			.collect(Collectors.groupingBy(StoredEvent::stream))
			.flatMap((events) -> {
				// There are no events any more if the reader was erased meanwhile.
				List<TimelineStep> present = steps.stream()
					.filter((step) -> events.containsKey(step.stream()))
					.toList();
				return Flux.fromIterable(present)
					.concatMap((step) -> append(step, events.getOrDefault(step.stream(), List.of())))
					.collectList()
					.flatMap(this.segments::append)
					.thenReturn(
							present.stream().filter((step) -> !step.isLast()).map(TimelineStep::checkpoint).toList());
			});
	}

	private Mono<TimelineAppend> append(TimelineStep step, List<StoredEvent> events) {
		Timeline added = new Timeline(List.of(), step.end().progress().lastStatusAt());
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent known) {
				added.add(event.version(), known);
			}
		}
		List<EventTimeKey> keys = added.sorted();
		TimelineProgress progress = new TimelineProgress(events.getLast().version(), added.lastStatusAt());
		return segments(step, keys, events)
			.map((changed) -> new TimelineAppend(step.reader(), step.stream(), progress, changed));
	}

	private Mono<List<TimelineSegment>> segments(TimelineStep step, List<EventTimeKey> keys, List<StoredEvent> events) {
		if (keys.isEmpty()) {
			return Mono.just(List.of());
		}
		return step.end().isBefore(keys.getFirst().at()) ? Mono.just(appended(step, keys, events))
				: insert(step, keys, events);
	}

	/** The usual case: all events occurred after those of the stored timeline. */
	private static List<TimelineSegment> appended(TimelineStep step, List<EventTimeKey> keys,
			List<StoredEvent> events) {
		TimelineEnd end = step.end();
		List<TimelineSegment> segments = TimelineSegment.split(end.number() + 1, keys);
		return end.isFolded() ? fold(new EventTimeFold(step.reader(), end.document()), segments, events) : segments;
	}

	/** Delete the segments that the events shift, and return those that replace them. */
	private Mono<List<TimelineSegment>> insert(TimelineStep step, List<EventTimeKey> added, List<StoredEvent> events) {
		String stream = step.stream();
		return this.segments.findAfter(stream, added.getFirst().at()).flatMap((shifted) -> {
			int first = shifted.getFirst().number();
			List<EventTimeKey> keys = Stream
				.concat(shifted.stream().flatMap((segment) -> segment.keys().stream()), added.stream())
				.sorted()
				.toList();
			return this.segments.deleteFrom(stream, first)
				.then(fold(step.reader(), stream, TimelineSegment.split(first, keys), events));
		});
	}

	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return this.segments.erase(reader.handle());
	}

	/** Fold a few of the segments that a late event has shifted. */
	@Override
	public Mono<Void> onIdle() {
		return this.segments.findAnyUnfolded()
			.flatMap((unfolded) -> this.segments.findUnfolded(unfolded.stream(), REFOLD_BATCH_SIZE)
				.flatMap((segments) -> this.log
					.load(VersionSelection.of(unfolded.stream(),
							segments.stream().flatMap((segment) -> segment.versions().stream()).toList()))
					.collectList()
					.flatMap((events) -> fold(unfolded.reader(), unfolded.stream(), segments, events)))
				.flatMap((folded) -> this.segments.store(unfolded.stream(), folded)));
	}

	/** Fold the segments whose events are all present. */
	private Mono<List<TimelineSegment>> fold(String reader, String stream, List<TimelineSegment> segments,
			List<StoredEvent> events) {
		int first = segments.getFirst().number();
		Mono<EventTimeFold> startingFold = (first == 1) ? Mono.fromSupplier(() -> new EventTimeFold(reader, null))
				: this.segments.documentBefore(stream, first).map((document) -> new EventTimeFold(reader, document));
		return startingFold.map((fold) -> fold(fold, segments, events)).defaultIfEmpty(segments);
	}

	private static List<TimelineSegment> fold(EventTimeFold fold, List<TimelineSegment> segments,
			List<StoredEvent> events) {
		Map<Integer, StoredEvent> byVersion = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<TimelineSegment> folded = new ArrayList<>();
		for (TimelineSegment segment : segments) {
			List<StoredEvent> segmentEvents = segment.versions()
				.stream()
				.map(byVersion::get)
				.filter(Objects::nonNull)
				.toList();
			if (segmentEvents.size() < segment.versions().size()) {
				break;
			}
			segmentEvents.forEach(fold::apply);
			folded.add(segment.withDocument(fold.document()));
		}
		folded.addAll(segments.subList(folded.size(), segments.size()));
		return folded;
	}

}
