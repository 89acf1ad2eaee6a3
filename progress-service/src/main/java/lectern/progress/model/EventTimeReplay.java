package lectern.progress.model;

import java.util.List;

import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/**
 * Tells a reading as it went. Reports may come in late and in any order; here each is
 * decided on as if it had come when it occurred, whatever policy the reader has: this
 * tells where the reader was, not what was made of it.
 */
public final class EventTimeReplay {

	private Open open;

	/** A reading from its beginning. */
	public EventTimeReplay(ReadingStarted start) {
		this.open = new Open(start.reader(), start.book(), start.edition());
	}

	/**
	 * A reading from where it has been told to. When it was restored is of no matter any
	 * more: nothing that occurred before comes after.
	 */
	public EventTimeReplay(ReadingStarted start, @Nullable Position position, @Nullable Position furthest,
			List<Device> devices) {
		this(start);
		this.open = this.open.with(position, furthest).with(List.copyOf(devices), RecentReports.NONE);
	}

	/**
	 * Tell the next event.
	 * @param event in the order of its {@link EventTimeKey}
	 * @return as it was logged; of a report, as it would have been
	 */
	public ReadingEvent apply(ReadingEvent event) {
		return switch (event) {
			case PositionReported reported -> {
				PositionReported anew = PositionReportPolicy.reevaluate(reported, this.open);
				this.open = PositionReportPolicy.evolve(this.open, anew);
				yield anew;
			}
			case PositionRestored restored -> {
				this.open = this.open.withRestoredPosition(restored);
				yield restored;
			}
			default -> event;
		};
	}

}
