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
	record ReadingStarted(String reader, Book book, @Nullable String edition,
			Instant occurredAt) implements ReadingEvent {
	}

	/**
	 * A reader was somewhere in the book.
	 *
	 * @param clock what the device's clock said, uncorrected; null when it said nothing
	 * @param moved whether this became the current position: decided once, so that no
	 * later policy changes the past
	 * @param furthest whether nobody had been as far in this reading before
	 * @param devices the reading's devices from now on, when this one was new or renamed;
	 * null when they stay the same
	 */
	record PositionReported(Position position, @Nullable DeviceClock clock, boolean moved, boolean furthest,
			@Nullable List<Device> devices) implements ReadingEvent {

		@Override
		public Instant occurredAt() {
			return this.position.occurredAt();
		}

	}

}
