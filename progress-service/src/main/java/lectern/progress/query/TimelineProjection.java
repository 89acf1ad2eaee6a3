package lectern.progress.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamSlice;
import lectern.progress.eventlog.VersionSelection;
import lectern.progress.model.EventTimeKey;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Timeline;
import lectern.progress.projection.Projection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Keeps the timelines of readings, at each of their milestones. Who comes late moves all
 * that occurred afterwards: the segments of it are cut anew at once, and told again a few
 * at a time, so that no reading is too long.
 */
@Component
class TimelineProjection implements Projection {

	/** Without the newest the log is read a little further. */
	private static final Duration THROTTLE = Duration.ofSeconds(1);

	/** So many events of a reading are taken in together. */
	private static final int APPLY_BATCH_SIZE = 20 * EventLog.CHECKPOINT_INTERVAL;

	/** So many segments are told again together. */
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
	public Duration throttle() {
		return THROTTLE;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, StoredEvent> milestones = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent && event.version() % EventLog.CHECKPOINT_INTERVAL == 0) {
				milestones.put(event.stream(), event);
			}
		}
		return Flux.fromIterable(milestones.values()).concatMap(this::catchUpTo).then(onIdle());
	}

	private Mono<Void> catchUpTo(StoredEvent milestone) {
		return this.segments.progress(milestone.stream())
			.filter((extent) -> extent.throughVersion() < milestone.version())
			.flatMap((extent) -> applyBatch(milestone, extent).then(Mono.defer(() -> catchUpTo(milestone))));
	}

	private Mono<Void> applyBatch(StoredEvent milestone, TimelineProgress extent) {
		int last = Math.min(milestone.version(), extent.throughVersion() + APPLY_BATCH_SIZE);
		return this.log
			.load(new StreamSlice(milestone.stream(), extent.throughVersion(), last + 1, milestone.position()))
			.collectList()
			.flatMap((events) -> applyBatch(milestone, extent, events));
	}

	private Mono<Void> applyBatch(StoredEvent milestone, TimelineProgress extent, List<StoredEvent> events) {
		String stream = milestone.stream();
		Timeline added = new Timeline(List.of(), extent.lastStatusAt());
		events.forEach((event) -> added.add(event.version(), (ReadingEvent) event.payload()));
		return this.segments.findAfter(stream, added.sorted().getFirst().at()).flatMap((moved) -> {
			int first = moved.isEmpty() ? extent.throughVersion() / EventLog.CHECKPOINT_INTERVAL + 1
					: moved.getFirst().number();
			List<EventTimeKey> occurrences = Stream
				.concat(moved.stream().flatMap((segment) -> segment.keys().stream()), added.sorted().stream())
				.sorted()
				.toList();
			return fold(milestone.reader(), stream, TimelineSegment.split(first, occurrences), events)
				.flatMap((cut) -> this.segments.replaceFrom(milestone.reader(), stream,
						new TimelineProgress(events.getLast().version(), added.lastStatusAt()), cut));
		});
	}

	/** What was told before may have to be told again, which is done here. */
	@Override
	public Mono<Void> onIdle() {
		return this.segments.findAnyUnfolded()
			.flatMap((untold) -> this.segments.findUnfolded(untold.stream(), REFOLD_BATCH_SIZE)
				.flatMap((segments) -> this.log
					.load(VersionSelection.of(untold.stream(),
							segments.stream().flatMap((segment) -> segment.versions().stream()).toList()))
					.collectList()
					.flatMap((events) -> fold(untold.reader(), untold.stream(), segments, events)))
				.flatMap((told) -> this.segments.store(untold.stream(), told)));
	}

	/** The segments, told as far as their events are here. */
	private Mono<List<TimelineSegment>> fold(String reader, String stream, List<TimelineSegment> segments,
			List<StoredEvent> events) {
		int first = segments.getFirst().number();
		Mono<EventTimeFold> begun = (first == 1) ? Mono.fromSupplier(() -> new EventTimeFold(reader, null))
				: this.segments.documentBefore(stream, first).map((document) -> new EventTimeFold(reader, document));
		return begun.map((retelling) -> fold(retelling, segments, events)).defaultIfEmpty(segments);
	}

	private static List<TimelineSegment> fold(EventTimeFold retelling, List<TimelineSegment> segments,
			List<StoredEvent> events) {
		Map<Integer, StoredEvent> here = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<TimelineSegment> told = new ArrayList<>();
		for (TimelineSegment segment : segments) {
			List<StoredEvent> own = segment.versions().stream().map(here::get).filter(Objects::nonNull).toList();
			if (own.size() < segment.versions().size()) {
				break;
			}
			own.forEach(retelling::apply);
			told.add(segment.withDocument(retelling.document()));
		}
		told.addAll(segments.subList(told.size(), segments.size()));
		return told;
	}

}
