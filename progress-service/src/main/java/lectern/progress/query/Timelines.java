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

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.Selection;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.Stretch;
import lectern.progress.model.Occurrence;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Timeline;
import lectern.progress.projection.Projection;

/**
 * Keeps the timelines of readings, at each of their milestones. Who comes late moves all
 * that occurred afterwards: the segments of it are cut anew at once, and told again a few
 * at a time, so that no reading is too long.
 */
@Component
class Timelines implements Projection {

	/** Without the newest the log is read a little further. */
	private static final Duration REST = Duration.ofSeconds(1);

	/** So many events of a reading are taken in together. */
	private static final int TOGETHER = 20 * EventLog.MILESTONE;

	/** So many segments are told again together. */
	private static final int AGAIN = 50;

	private final TimelineSegments segments;

	private final EventLog log;

	Timelines(TimelineSegments segments, EventLog log) {
		this.segments = segments;
		this.log = log;
	}

	@Override
	public String name() {
		return "timeline";
	}

	@Override
	public Duration rest() {
		return REST;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, StoredEvent> milestones = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent && event.version() % EventLog.MILESTONE == 0) {
				milestones.put(event.stream(), event);
			}
		}
		return Flux.fromIterable(milestones.values()).concatMap(this::takeInUpTo).then(idle());
	}

	private Mono<Void> takeInUpTo(StoredEvent milestone) {
		return this.segments.extent(milestone.stream())
			.filter((extent) -> extent.through() < milestone.version())
			.flatMap((extent) -> takeIn(milestone, extent).then(Mono.defer(() -> takeInUpTo(milestone))));
	}

	private Mono<Void> takeIn(StoredEvent milestone, Extent extent) {
		int last = Math.min(milestone.version(), extent.through() + TOGETHER);
		return this.log.load(new Stretch(milestone.stream(), extent.through(), last + 1, milestone.position()))
			.collectList()
			.flatMap((events) -> takeIn(milestone, extent, events));
	}

	private Mono<Void> takeIn(StoredEvent milestone, Extent extent, List<StoredEvent> events) {
		String stream = milestone.stream();
		Timeline added = new Timeline(List.of(), extent.said());
		events.forEach((event) -> added.add(event.version(), (ReadingEvent) event.payload()));
		return this.segments.after(stream, added.inOrder().getFirst().at()).flatMap((moved) -> {
			int first = moved.isEmpty() ? extent.through() / EventLog.MILESTONE + 1 : moved.getFirst().number();
			List<Occurrence> occurrences = Stream
				.concat(moved.stream().flatMap((segment) -> segment.occurrences().stream()), added.inOrder().stream())
				.sorted()
				.toList();
			return told(milestone.reader(), stream, Segment.cut(first, occurrences), events)
				.flatMap((cut) -> this.segments.replace(milestone.reader(), stream,
						new Extent(events.getLast().version(), added.said()), cut));
		});
	}

	/** What was told before may have to be told again, which is done here. */
	@Override
	public Mono<Void> idle() {
		return this.segments.anyUntold()
			.flatMap((untold) -> this.segments.untold(untold.stream(), AGAIN)
				.flatMap((segments) -> this.log
					.load(Selection.of(untold.stream(),
							segments.stream().flatMap((segment) -> segment.versions().stream()).toList()))
					.collectList()
					.flatMap((events) -> told(untold.reader(), untold.stream(), segments, events)))
				.flatMap((told) -> this.segments.store(untold.stream(), told)));
	}

	/** The segments, told as far as their events are here. */
	private Mono<List<Segment>> told(String reader, String stream, List<Segment> segments, List<StoredEvent> events) {
		int first = segments.getFirst().number();
		Mono<Retelling> begun = (first == 1) ? Mono.fromSupplier(() -> new Retelling(reader, null))
				: this.segments.before(stream, first).map((document) -> new Retelling(reader, document));
		return begun.map((retelling) -> told(retelling, segments, events)).defaultIfEmpty(segments);
	}

	private static List<Segment> told(Retelling retelling, List<Segment> segments, List<StoredEvent> events) {
		Map<Integer, StoredEvent> here = events.stream()
			.collect(Collectors.toMap(StoredEvent::version, Function.identity()));
		List<Segment> told = new ArrayList<>();
		for (Segment segment : segments) {
			List<StoredEvent> own = segment.versions().stream().map(here::get).filter(Objects::nonNull).toList();
			if (own.size() < segment.versions().size()) {
				break;
			}
			own.forEach(retelling::tell);
			told.add(segment.told(retelling.document()));
		}
		told.addAll(segments.subList(told.size(), segments.size()));
		return told;
	}

}
