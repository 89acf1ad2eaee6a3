package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A command on a reading. It carries the time: no code of the model reads a clock. */
public sealed interface ReadingCommand {

	/** The reader who sent the command. */
	String reader();

	/** When the command was received. */
	Instant receivedAt();

	/**
	 * Start a reading.
	 *
	 * @param bookId the id of the book
	 * @param book the book from the catalog; null if the catalog has no such book
	 * @param edition the edition as the reader calls it; null if not given
	 */
	record StartReading(String reader, String bookId, @Nullable BookSnapshot book, @Nullable String edition,
			Instant receivedAt) implements ReadingCommand {
	}

	/** A command on a reading that has been started. */
	sealed interface ChangeReading extends ReadingCommand {

	}

	/**
	 * Report where in the book the reader is or was.
	 *
	 * @param fraction 0 to 1
	 * @param updateMode the mode that the reader has chosen, at the time of the command
	 */
	record ReportPosition(String reader, BigDecimal fraction, @Nullable Integer page, @Nullable String chapter,
			@Nullable String locator, @Nullable Device device, DeviceClock clock, PositionUpdateMode updateMode,
			Instant receivedAt) implements ChangeReading {

		Position position() {
			return new Position(this.fraction, this.page, this.chapter, this.locator, this.device,
					this.clock.corrected(this.receivedAt));
		}

	}

	/** Mark the reading as finished, whatever its position is. */
	record FinishReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Reopen a finished reading. */
	record ReopenReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Abandon the reading. */
	record AbandonReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/** Resume an abandoned reading. */
	record ResumeReading(String reader, Instant receivedAt) implements ChangeReading {
	}

	/**
	 * Restore the position that the reading had at an earlier time.
	 *
	 * @param to the cursor of that time
	 * @param target the reading at that time
	 */
	record RestorePosition(String reader, String to, Reading target, Instant receivedAt) implements ChangeReading {
	}

	/**
	 * Set a date by which the reader wants to finish.
	 *
	 * @param finishBy the latest time to finish
	 */
	record SetPlan(String reader, Instant finishBy, Instant receivedAt) implements ChangeReading {
	}

}
