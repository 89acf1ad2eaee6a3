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
	record StartReading(String reader, String bookId, @Nullable Book book, @Nullable String edition,
			Instant receivedAt) implements ReadingCommand {
	}

	/**
	 * Tell where in the book the reader is or was.
	 *
	 * @param fraction 0 to 1
	 */
	record ReportPosition(String reader, BigDecimal fraction, @Nullable Integer page, @Nullable String chapter,
			@Nullable String locator, @Nullable Device device, DeviceClock clock,
			Instant receivedAt) implements ReadingCommand {

		Position position() {
			return new Position(this.fraction, this.page, this.chapter, this.locator, this.device,
					this.clock.corrected(this.receivedAt));
		}

	}

}
