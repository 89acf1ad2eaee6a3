package lectern.progress.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/**
 * Tells a reading as it went. Reports may come in late and in any order; here each is
 * decided on as if it had come when it occurred, whatever policy the reader has: this
 * tells where the reader was, not what was made of it.
 */
public final class Hindsight {

	private Open open;

	/** A reading from its beginning. */
	public Hindsight(ReadingStarted start) {
		this.open = new Open(start.reader(), start.book(), start.edition());
	}

	/**
	 * A reading from where it has been told to. When it was restored is of no matter any
	 * more: nothing that occurred before comes after.
	 */
	public Hindsight(ReadingStarted start, @Nullable Position position, @Nullable Position furthest,
			List<Device> devices) {
		this(start);
		this.open = this.open.with(position, furthest).with(List.copyOf(devices), Reports.NONE);
	}

	/**
	 * Tell the next event.
	 * @param event in the order of its {@link Occurrence}
	 * @return as it was logged; of a report, as it would have been
	 */
	public ReadingEvent tell(ReadingEvent event) {
		return switch (event) {
			case PositionReported reported -> {
				PositionReported anew = ReportRules.anew(reported, this.open);
				this.open = ReportRules.evolve(this.open, anew);
				yield anew;
			}
			case PositionRestored restored -> {
				this.open = this.open.restored(restored);
				yield restored;
			}
			default -> event;
		};
	}

}
