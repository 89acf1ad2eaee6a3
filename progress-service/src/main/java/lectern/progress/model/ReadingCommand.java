package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** What a reader asks for. It brings the time along: nothing here looks at a clock. */
public sealed interface ReadingCommand {

	/** Who asks. */
	String reader();

	/** When it came in. */
	Instant receivedAt();

	/**
	 * Begin to read a book.
	 *
	 * @param bookId which book is meant
	 * @param book the same book as the catalog has it; null when it has none
	 * @param edition the reader's word for it; null when it was not said
	 */
	record StartReading(String reader, String bookId, @Nullable BookSnapshot book, @Nullable String edition,
			Instant receivedAt) implements ReadingCommand {
	}

	/** What is asked of a reading that has begun. */
	sealed interface ChangeReading extends ReadingCommand {

	}

	/**
	 * Tell where in the book the reader is or was.
	 *
	 * @param fraction 0 to 1
	 * @param updateMode the reader's, at this time
	 */
	record ReportPosition(String reader, BigDecimal fraction, @Nullable Integer page, @Nullable String chapter,
			@Nullable String locator, @Nullable Device device, DeviceClock clock, PositionUpdateMode updateMode,
			Instant receivedAt) implements ChangeReading {

		Position position() {
			return new Position(this.fraction, this.page, this.chapter, this.locator, this.device,
					this.clock.corrected(this.receivedAt));
		}

	}

	/** Say that the book is read, wherever the position is. */
	record FinishReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Say that it is not, after all. */
	record ReopenReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Give the book up. */
	record AbandonReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Take up a book that was given up. */
	record ResumeReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/**
	 * Go back to where the reading was at an earlier time.
	 *
	 * @param to that time, as the log calls it
	 * @param target the reading as it was then
	 */
	record RestorePosition(String reader, String to, Reading target, Instant receivedAt) implements ChangeReading {
	}

	/**
	 * Plan to finish.
	 *
	 * @param finishBy by when
	 */
	record SetPlan(String reader, Instant finishBy, Instant receivedAt) implements ChangeReading {
	}

}
