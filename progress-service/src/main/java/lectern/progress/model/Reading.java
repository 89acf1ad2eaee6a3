package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingEvent.PositionRestored;
import org.jspecify.annotations.Nullable;

/** The state of a reading, as far as decisions need it. */
public sealed interface Reading {

	/** The state before the first event. */
	Reading NOT_STARTED = new NotStarted();

	/** The reading has not been started. */
	record NotStarted() implements Reading {
	}

	/** The reading has been started, whatever its status is now. */
	sealed interface Started extends Reading {

		/**
		 * The open reading, or the reading as it was when it was finished or abandoned.
		 */
		Open open();

	}

	/**
	 * The reading is open.
	 *
	 * @param edition the edition as the reader calls it; null if not given
	 * @param position the current position; null before the first report
	 * @param furthest the furthest position so far; null before the first report
	 * @param restoredAt when the position was last restored: no report about an earlier
	 * time moves the position; null if it was never restored
	 * @param finishBy when the reader wants to have finished; null without a plan
	 * @param devices the devices that have reported, the newest last
	 * @param reports the most recent reports
	 */
	record Open(String reader, BookSnapshot book, @Nullable String edition, @Nullable Position position,
			@Nullable Position furthest, @Nullable Instant restoredAt, @Nullable Instant finishBy, List<Device> devices,
			RecentReports reports) implements Started {

		/** A reading directly after its start. */
		Open(String reader, BookSnapshot book, @Nullable String edition) {
			this(reader, book, edition, null, null, null, null, List.of(), RecentReports.NONE);
		}

		@Override
		public Open open() {
			return this;
		}

		Open with(@Nullable Position position, @Nullable Position furthest) {
			return new Open(this.reader, this.book, this.edition, position, furthest, this.restoredAt, this.finishBy,
					this.devices, this.reports);
		}

		Open withRestoredPosition(PositionRestored event) {
			return new Open(this.reader, this.book, this.edition, event.position(), event.furthest(),
					event.occurredAt(), this.finishBy, this.devices, this.reports);
		}

		Open withPlan(Instant finishBy) {
			return new Open(this.reader, this.book, this.edition, this.position, this.furthest, this.restoredAt,
					finishBy, this.devices, this.reports);
		}

		Open with(List<Device> devices, RecentReports reports) {
			return new Open(this.reader, this.book, this.edition, this.position, this.furthest, this.restoredAt,
					this.finishBy, devices, reports);
		}

	}

	/**
	 * The reader has marked the reading as finished.
	 *
	 * @param open the reading when it was finished
	 */
	record Finished(Open open) implements Started {
	}

	/**
	 * The reader has abandoned the reading.
	 *
	 * @param open the reading when it was abandoned
	 */
	record Abandoned(Open open) implements Started {
	}

}
