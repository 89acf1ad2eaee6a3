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
	 * @param edition the name of the edition; null if not given. Releases without
	 * editions stored what the reader called it
	 * @param pages the number of pages of the edition; null if unknown
	 */
	record ReadingStarted(String reader, BookSnapshot book, @Nullable String edition, @Nullable Integer pages,
			Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** An event without times of a device. */
		public ReadingStarted(String reader, BookSnapshot book, @Nullable String edition, Instant occurredAt) {
			this(reader, book, edition, null, occurredAt, null);
		}

		/** The edition; null if not given. */
		@Nullable BookEdition bookEdition() {
			return (this.edition != null) ? new BookEdition(this.edition, this.pages) : null;
		}

	}

	/**
	 * The reader named another edition, or none, or the number of pages of the edition
	 * became known. The fractions stay.
	 *
	 * @param edition the name of the edition; null if the reader names none any more
	 * @param pages the number of pages of the edition; null if unknown
	 * @param position the current position without its page, which was one of the edition
	 * before; null if it has not changed
	 * @param furthest the furthest position without its page; null if it has not changed
	 */
	record ReadingEditionChanged(@Nullable String edition, @Nullable Integer pages, @Nullable Position position,
			@Nullable Position furthest, Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {

		/** The edition; null if the reader names none any more. */
		@Nullable BookEdition bookEdition() {
			return (this.edition != null) ? new BookEdition(this.edition, this.pages) : null;
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

	/** The reader removed the reading, which was begun by mistake. */
	record ReadingRemoved(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {
	}

	/** The reader took the removal back. */
	record ReadingReturned(Instant occurredAt, @Nullable DeviceClock clock) implements ReadingEvent {
	}

}
