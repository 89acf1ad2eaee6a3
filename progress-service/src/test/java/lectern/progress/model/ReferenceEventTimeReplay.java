package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import lectern.progress.model.Reading.Open;
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

/** A simple event-time replay that folds all events, as a reference for tests. */
public final class ReferenceEventTimeReplay {

	private ReferenceEventTimeReplay() {
	}

	/**
	 * The events that had occurred by an instant, in the order of event time; events of
	 * the same time are in the order of the log. The start comes first: if a report is
	 * about a time before the start, the reading had begun at that time.
	 * @param logged the events of one reading from the first on, in the order of the log
	 */
	public static List<ReplayedReadingEvent> of(List<ReadingEvent> logged, Instant until) {
		List<TimedReadingEvent> occurred = timed(logged).stream()
			.filter((event) -> !event.at().isAfter(until))
			.sorted(Comparator.comparing(TimedReadingEvent::at).thenComparing(TimedReadingEvent::index))
			.toList();
		return occurred.isEmpty() ? List.of() : replay(occurred, (ReadingStarted) logged.getFirst());
	}

	/**
	 * Events that change the status keep the order of the log even if the clocks of two
	 * nodes differ, so that a reading is never reopened before it is finished.
	 */
	private static List<TimedReadingEvent> timed(List<ReadingEvent> logged) {
		List<TimedReadingEvent> occurred = new ArrayList<>();
		Instant lastStatusAt = Instant.MIN;
		for (ReadingEvent event : logged) {
			Instant at = event.occurredAt();
			if (isStatusChange(event)) {
				at = at.isBefore(lastStatusAt) ? lastStatusAt : at;
				lastStatusAt = at;
			}
			occurred.add(new TimedReadingEvent(occurred.size(), at, event));
		}
		Instant earliest = occurred.stream().map(TimedReadingEvent::at).min(Comparator.naturalOrder()).orElseThrow();
		occurred.set(0, new TimedReadingEvent(0, earliest, logged.getFirst()));
		return occurred;
	}

	private static boolean isStatusChange(ReadingEvent event) {
		return event instanceof ReadingFinished || event instanceof ReadingReopened || event instanceof ReadingAbandoned
				|| event instanceof ReadingResumed || event instanceof ReadingRemoved
				|| event instanceof ReadingReturned;
	}

	private static List<ReplayedReadingEvent> replay(List<TimedReadingEvent> occurred, ReadingStarted start) {
		List<ReplayedReadingEvent> replayed = new ArrayList<>();
		Open open = new Open(start);
		for (TimedReadingEvent event : occurred) {
			switch (event.event()) {
				case PositionReported reported -> {
					PositionReported reevaluated = PositionReportPolicy.reevaluate(reported, open);
					open = PositionReportPolicy.evolve(open, reevaluated);
					replayed.add(new ReplayedReadingEvent(event.index(), reevaluated));
				}
				case PositionRestored restored -> {
					open = open.withRestoredPosition(restored);
					replayed.add(new ReplayedReadingEvent(event.index(), restored));
				}
				case ReadingEditionChanged changed -> {
					ReadingEditionChanged reevaluated = EditionPolicy.reevaluate(changed, open);
					open = EditionPolicy.evolve(open, reevaluated);
					replayed.add(new ReplayedReadingEvent(event.index(), reevaluated));
				}
				default -> replayed.add(new ReplayedReadingEvent(event.index(), event.event()));
			}
		}
		return replayed;
	}

	/**
	 * An event in the order of event time.
	 *
	 * @param index the index in the order of the log, from 0
	 * @param event the event; a report as it would have been stored in this order
	 */
	public record ReplayedReadingEvent(int index, ReadingEvent event) {
	}

	private record TimedReadingEvent(int index, Instant at, ReadingEvent event) {
	}

}
