package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/** A reading as it went, by a fold of all there is: what others are compared with. */
public final class ReferenceEventTimeReplay {

	private ReferenceEventTimeReplay() {
	}

	/**
	 * What had occurred by an instant, in the order in which it did; of what occurred at
	 * once, in the order of the log. The start comes first: a reading that was reported
	 * on from before it was started had begun then.
	 * @param logged the events of one reading as they are known, in the order of the log
	 * and from the first on
	 */
	public static List<ReplayedReadingEvent> of(List<ReadingEvent> logged, Instant until) {
		List<TimedReadingEvent> occurred = timed(logged).stream()
			.filter((event) -> !event.at().isAfter(until))
			.sorted(Comparator.comparing(TimedReadingEvent::at).thenComparing(TimedReadingEvent::index))
			.toList();
		return occurred.isEmpty() ? List.of() : replay(occurred, (ReadingStarted) logged.getFirst());
	}

	/**
	 * What the reader said of the reading itself is taken in the order in which it was
	 * said, should the clocks of two nodes differ: nothing is reopened before it is
	 * finished.
	 */
	private static List<TimedReadingEvent> timed(List<ReadingEvent> logged) {
		List<TimedReadingEvent> occurred = new ArrayList<>();
		Instant said = Instant.MIN;
		for (ReadingEvent event : logged) {
			Instant at = event.occurredAt();
			if (!(event instanceof PositionReported || event instanceof ReadingStarted)) {
				at = at.isBefore(said) ? said : at;
				said = at;
			}
			occurred.add(new TimedReadingEvent(occurred.size(), at, event));
		}
		Instant earliest = occurred.stream().map(TimedReadingEvent::at).min(Comparator.naturalOrder()).orElseThrow();
		occurred.set(0, new TimedReadingEvent(0, earliest, logged.getFirst()));
		return occurred;
	}

	private static List<ReplayedReadingEvent> replay(List<TimedReadingEvent> occurred, ReadingStarted start) {
		List<ReplayedReadingEvent> told = new ArrayList<>();
		Open open = new Open(start.reader(), start.book(), start.edition());
		for (TimedReadingEvent event : occurred) {
			switch (event.event()) {
				case PositionReported reported -> {
					PositionReported anew = PositionReportPolicy.reevaluate(reported, open);
					open = PositionReportPolicy.evolve(open, anew);
					told.add(new ReplayedReadingEvent(event.index(), anew));
				}
				case PositionRestored restored -> {
					open = open.withRestoredPosition(restored);
					told.add(new ReplayedReadingEvent(event.index(), restored));
				}
				default -> told.add(new ReplayedReadingEvent(event.index(), event.event()));
			}
		}
		return told;
	}

	/**
	 * Something that occurred.
	 *
	 * @param index its place among what was logged, from 0
	 * @param event as it was logged; of a report, as it would have been
	 */
	public record ReplayedReadingEvent(int index, ReadingEvent event) {
	}

	private record TimedReadingEvent(int index, Instant at, ReadingEvent event) {
	}

}
