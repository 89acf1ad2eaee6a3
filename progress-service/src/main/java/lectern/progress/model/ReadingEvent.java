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
	 * The uncorrected times of the device; null if it sent none, and in events stored
	 * before commands other than reports had them.
	 */
	@Nullable DeviceClock clock();

	/**
	 * A reader started to read a book.
	 *
	 * @param edition the edition as the reader calls it; null if not given
	 */
	record ReadingStarted(String reader, BookSnapshot book, @Nullable String edition, Instant occurredAt,
			@Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingStarted(String reader, BookSnapshot book, @Nullable String edition, Instant occurredAt) {
			this(reader, book, edition, occurredAt, null);
		}

	}

	/**
	 * A device reported a position.
	 *
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
	record ReadingFinished(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingFinished(Instant occurredAt) {
			this(occurredAt, null);
		}

	}

	/** The reader reopened the finished reading. */
	record ReadingReopened(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingReopened(Instant occurredAt) {
			this(occurredAt, null);
		}

	}

	/** The reader abandoned the reading. */
	record ReadingAbandoned(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingAbandoned(Instant occurredAt) {
			this(occurredAt, null);
		}

	}

	/** The reader resumed the abandoned reading. */
	record ReadingResumed(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingResumed(Instant occurredAt) {
			this(occurredAt, null);
		}

	}

	/**
	 * The reader restored the position that the reading had at an earlier time.
	 *
	 * @param to the cursor of that time
	 * @param position the position at that time
	 * @param furthest the furthest position at that time
	 */
	record PositionRestored(String to, Position position, Position furthest, Instant occurredAt,
			@Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public PositionRestored(String to, Position position, Position furthest, Instant occurredAt) {
			this(to, position, furthest, occurredAt, null);
		}

	}

	/**
	 * The reader set a date by which to finish.
	 *
	 * @param finishBy the latest time to finish; later than the event
	 */
	record PlanSet(Instant finishBy, Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public PlanSet(Instant finishBy, Instant occurredAt) {
			this(finishBy, occurredAt, null);
		}

	}

	/** The reader removed the plan. */
	record PlanRemoved(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {
	}

}
