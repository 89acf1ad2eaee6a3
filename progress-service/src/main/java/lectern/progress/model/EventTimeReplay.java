package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/**
 * Replays a reading in the order of event time. Reports can be received late and in any
 * order; here each one is evaluated as if it had been received when it occurred, and with
 * mode {@link PositionUpdateMode#LATEST}. So the result is where the reader really was,
 * not which reports moved the position when they were received.
 */
public final class EventTimeReplay {

	private Open open;

	/** Replay a reading from its start. */
	public EventTimeReplay(ReadingStarted start) {
		this.open = new Open(start);
	}

	/**
	 * Continue a replay from an earlier result. The time of the last restore is not
	 * needed, since no event that occurred before it follows.
	 */
	public EventTimeReplay(ReadingStarted start, @Nullable Position position, @Nullable Position furthest,
			List<Device> devices) {
		this(start);
		this.open = this.open.with(position, furthest).with(List.copyOf(devices), RecentReports.NONE);
	}

	/**
	 * The reading as it was at an instant, whenever its events were received. Its status
	 * is not replayed: the result is always open, or not started.
	 * @param logged the events of one reading from the first on, in the order of the log
	 */
	public static Reading readingAt(List<ReadingEvent> logged, Instant until) {
		Timeline timeline = new Timeline(List.of(), Timeline.START);
		for (int index = 0; index < logged.size(); index++) {
			timeline.add(index, logged.get(index));
		}
		List<EventTimeKey> occurred = timeline.sorted().stream().filter((key) -> !key.at().isAfter(until)).toList();
		if (occurred.isEmpty() || (occurred.size() == 1 && logged.getFirst().occurredAt().isAfter(until))) {
			return Reading.NOT_STARTED;
		}
		EventTimeReplay replay = new EventTimeReplay((ReadingStarted) logged.getFirst());
		occurred.forEach((key) -> replay.apply(logged.get(key.version())));
		return replay.open;
	}

	/**
	 * Apply the next event.
	 * @param event the next event in the order of {@link EventTimeKey}
	 * @return the event; a report as it would have been stored in this order
	 */
	public ReadingEvent apply(ReadingEvent event) {
		return switch (event) {
			case PositionReported reported -> {
				PositionReported reevaluated = PositionReportPolicy.reevaluate(reported, this.open);
				this.open = PositionReportPolicy.evolve(this.open, reevaluated);
				yield reevaluated;
			}
			case PositionRestored restored -> {
				this.open = this.open.withRestoredPosition(restored);
				yield restored;
			}
			case ReadingEditionChanged changed -> {
				ReadingEditionChanged reevaluated = EditionPolicy.reevaluate(changed, this.open);
				this.open = EditionPolicy.evolve(this.open, reevaluated);
				yield reevaluated;
			}
			default -> event;
		};
	}

}
