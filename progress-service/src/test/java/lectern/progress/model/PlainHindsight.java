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
public final class PlainHindsight {

	private PlainHindsight() {
	}

	/**
	 * What had occurred by an instant, in the order in which it did; of what occurred at
	 * once, in the order of the log. The start comes first: a reading that was reported
	 * on from before it was started had begun then.
	 * @param logged the events of one reading as they are known, in the order of the log
	 * and from the first on
	 */
	public static List<Told> of(List<ReadingEvent> logged, Instant until) {
		List<Occurred> occurred = occurred(logged).stream()
			.filter((event) -> !event.at().isAfter(until))
			.sorted(Comparator.comparing(Occurred::at).thenComparing(Occurred::index))
			.toList();
		return occurred.isEmpty() ? List.of() : told(occurred, (ReadingStarted) logged.getFirst());
	}

	/**
	 * What the reader said of the reading itself is taken in the order in which it was
	 * said, should the clocks of two nodes differ: nothing is reopened before it is
	 * finished.
	 */
	private static List<Occurred> occurred(List<ReadingEvent> logged) {
		List<Occurred> occurred = new ArrayList<>();
		Instant said = Instant.MIN;
		for (ReadingEvent event : logged) {
			Instant at = event.occurredAt();
			if (!(event instanceof PositionReported || event instanceof ReadingStarted)) {
				at = at.isBefore(said) ? said : at;
				said = at;
			}
			occurred.add(new Occurred(occurred.size(), at, event));
		}
		Instant earliest = occurred.stream().map(Occurred::at).min(Comparator.naturalOrder()).orElseThrow();
		occurred.set(0, new Occurred(0, earliest, logged.getFirst()));
		return occurred;
	}

	private static List<Told> told(List<Occurred> occurred, ReadingStarted start) {
		List<Told> told = new ArrayList<>();
		Open open = new Open(start.reader(), start.book(), start.edition());
		for (Occurred event : occurred) {
			switch (event.event()) {
				case PositionReported reported -> {
					PositionReported anew = ReportRules.anew(reported, open);
					open = ReportRules.evolve(open, anew);
					told.add(new Told(event.index(), anew));
				}
				case PositionRestored restored -> {
					open = open.restored(restored);
					told.add(new Told(event.index(), restored));
				}
				default -> told.add(new Told(event.index(), event.event()));
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
	public record Told(int index, ReadingEvent event) {
	}

	private record Occurred(int index, Instant at, ReadingEvent event) {
	}

}
