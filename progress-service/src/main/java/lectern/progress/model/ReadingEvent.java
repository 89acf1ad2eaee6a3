package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An event of a reading. The record components define the stored JSON: components may be
 * added, existing ones must not change.
 */
public sealed interface ReadingEvent {

	/** When the event occurred, by a corrected clock; not when it was stored. */
	Instant occurredAt();

	/**
	 * A reader started to read a book.
	 *
	 * @param edition the edition as the reader calls it; null if not given
	 */
	record ReadingStarted(String reader, BookSnapshot book, @Nullable String edition,
			Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * A device reported a position.
	 *
	 * @param clock the uncorrected times of the device; null if it sent none
	 * @param moved whether this became the current position. It is decided when the
	 * report is received and stored, so that a later change of the reader's mode does not
	 * change the past
	 * @param unmoved why the position did not move; null if it did, and in events stored
	 * before this component was added
	 * @param furthest whether this became the furthest position of the reading
	 * @param devices all devices of the reading, if the device of this report was new or
	 * renamed; null if the devices did not change
	 */
	record PositionReported(Position position, @Nullable DeviceClock clock, boolean moved,
			@Nullable IgnoredReason unmoved, boolean furthest, @Nullable List<Device> devices) implements ReadingEvent {

		@Override
		public Instant occurredAt() {
			return this.position.occurredAt();
		}

	}

	/** The reader marked the reading as finished. */
	record ReadingFinished(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader reopened the finished reading. */
	record ReadingReopened(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader abandoned the reading. */
	record ReadingAbandoned(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader resumed the abandoned reading. */
	record ReadingResumed(Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * The reader restored the position that the reading had at an earlier time.
	 *
	 * @param to the cursor of that time
	 * @param position the position at that time
	 * @param furthest the furthest position at that time
	 */
	record PositionRestored(String to, Position position, Position furthest,
			Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * The reader set a date by which to finish.
	 *
	 * @param finishBy the latest time to finish; later than the event
	 */
	record PlanSet(Instant finishBy, Instant occurredAt) implements ReadingEvent {
	}

}
