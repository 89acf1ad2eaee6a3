package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a reading. The components are the stored form, too: they may be added
 * to, never changed.
 */
public sealed interface ReadingEvent {

	/** When it happened, by a clock that is right; not when it was stored. */
	Instant occurredAt();

	/**
	 * A reader began a book.
	 *
	 * @param edition the reader's word for it; null when it was not said
	 */
	record ReadingStarted(String reader, BookSnapshot book, @Nullable String edition,
			Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * A reader was somewhere in the book.
	 *
	 * @param clock what the device's clock said, uncorrected; null when it said nothing
	 * @param moved whether this became the current position: decided once, so that no
	 * later policy changes the past
	 * @param unmoved why it did not; null when it did, and in what was stored before this
	 * was told
	 * @param furthest whether nobody had been as far in this reading before
	 * @param devices the reading's devices from now on, when this one was new or renamed;
	 * null when they stay the same
	 */
	record PositionReported(Position position, @Nullable DeviceClock clock, boolean moved,
			@Nullable IgnoredReason unmoved, boolean furthest, @Nullable List<Device> devices) implements ReadingEvent {

		@Override
		public Instant occurredAt() {
			return this.position.occurredAt();
		}

	}

	/** The reader is done with the book. */
	record ReadingFinished(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader is not done with it, after all. */
	record ReadingReopened(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader gave the book up. */
	record ReadingAbandoned(Instant occurredAt) implements ReadingEvent {
	}

	/** The reader took the book up again. */
	record ReadingResumed(Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * The reader went back to where the reading was at an earlier time.
	 *
	 * @param to that time, as the log calls it
	 * @param position where the reader was then
	 * @param furthest the furthest that the reader had been then
	 */
	record PositionRestored(String to, Position position, Position furthest,
			Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * The reader wants to have finished at some time.
	 *
	 * @param finishBy by when; later than it occurred
	 */
	record PlanSet(Instant finishBy, Instant occurredAt) implements ReadingEvent {
	}

}
