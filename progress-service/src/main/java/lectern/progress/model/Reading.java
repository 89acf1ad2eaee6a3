package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingEvent.PositionRestored;
import org.jspecify.annotations.Nullable;

/** As much of a reading as decisions need. */
public sealed interface Reading {

	/** What every reading is before its first event. */
	Reading NOT_STARTED = new NotStarted();

	/** Nobody has started it. */
	record NotStarted() implements Reading {
	}

	/** Somebody has started it, however it stands now. */
	sealed interface Started extends Reading {

		/** As it is, or as it was when it was finished or abandoned. */
		Open open();

	}

	/**
	 * It is being read.
	 *
	 * @param edition null when it was not said
	 * @param position where the reader is; null before the first report
	 * @param furthest the furthest the reader has been; null before the first report
	 * @param restoredAt when the position was last restored: nothing from before it moves
	 * the position; null if it never was
	 * @param finishBy when the reader wants to have finished; null without a plan
	 * @param devices what it was read on, the newest last
	 * @param reports the latest of them
	 */
	record Open(String reader, BookSnapshot book, @Nullable String edition, @Nullable Position position,
			@Nullable Position furthest, @Nullable Instant restoredAt, @Nullable Instant finishBy, List<Device> devices,
			RecentReports reports) implements Started {

		/** A reading as it is when it begins. */
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

		Open withPlan(Instant by) {
			return new Open(this.reader, this.book, this.edition, this.position, this.furthest, this.restoredAt, by,
					this.devices, this.reports);
		}

		Open with(List<Device> devices, RecentReports reports) {
			return new Open(this.reader, this.book, this.edition, this.position, this.furthest, this.restoredAt,
					this.finishBy, devices, reports);
		}

	}

	/**
	 * It has been read to the end, by the reader's own word.
	 *
	 * @param open as it was then
	 */
	record Finished(Open open) implements Started {
	}

	/**
	 * The reader has given it up.
	 *
	 * @param open as it was then
	 */
	record Abandoned(Open open) implements Started {
	}

}
