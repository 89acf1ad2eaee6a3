package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

import lectern.progress.model.ReadingEvent.PositionRestored;
import org.jspecify.annotations.Nullable;

/** A command on a reading. It carries the time: no code of the model reads a clock. */
public sealed interface ReadingCommand {

	/** The reader who sent the command. */
	String reader();

	/** When the command was given, by the clock of the device that sent it. */
	DeviceClock clock();

	/** When the command was received. */
	Instant receivedAt();

	/**
	 * A command that may open a reading. Of a book one reading is open at a time.
	 */
	sealed interface OpenReading extends ReadingCommand {

		/** Whether the reading is opened even if another one of its book is open. */
		boolean again();

	}

	/**
	 * Start a reading.
	 *
	 * @param bookId the id of the book
	 * @param book the book from the catalog; null if the catalog has no such book
	 * @param edition the edition; null if not given
	 */
	record StartReading(String reader, String bookId, @Nullable BookSnapshot book, @Nullable RequestedEdition edition,
			boolean again, DeviceClock clock, Instant receivedAt) implements OpenReading {

		/** A start that is answered by the open reading of the book, if there is one. */
		public StartReading(String reader, String bookId, @Nullable BookSnapshot book,
				@Nullable RequestedEdition edition, DeviceClock clock, Instant receivedAt) {
			this(reader, bookId, book, edition, false, clock, receivedAt);
		}

		/** A command without a time of its own. */
		public StartReading(String reader, String bookId, @Nullable BookSnapshot book,
				@Nullable RequestedEdition edition, Instant receivedAt) {
			this(reader, bookId, book, edition, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/**
	 * Go on with the open reading of a book, which answers the start of another one.
	 *
	 * @param bookId the id of the book
	 * @param alias the id that the client chose for its start, by which it will call this
	 * reading; null if it chose none, or if the reading has this alias already
	 */
	record ContinueReading(String reader, String bookId, @Nullable String alias, DeviceClock clock,
			Instant receivedAt) implements ReadingCommand {
	}

	/** A command on a reading that has been started. */
	sealed interface ChangeReading extends ReadingCommand {

		/** The time of the command, given when the reading was started. */
		default EventTime time(Instant startedAt) {
			return clock().resolve(receivedAt(), startedAt);
		}

	}

	/**
	 * Report where in the book the reader is or was.
	 *
	 * @param fraction 0 to 1; null if it follows from the page and the pages of the
	 * edition
	 * @param page null if not given; never null without a fraction
	 * @param updateMode the mode that the reader has chosen, at the time of the command
	 */
	record ReportPosition(String reader, @Nullable BigDecimal fraction, @Nullable Integer page,
			@Nullable String chapter, @Nullable String locator, @Nullable Device device, DeviceClock clock,
			PositionUpdateMode updateMode, Instant receivedAt) implements ChangeReading {

		/**
		 * The reported position.
		 * @throws NullPointerException without a fraction
		 */
		Position position(EventTime time) {
			return new Position(Objects.requireNonNull(this.fraction), this.page, this.chapter, this.locator,
					this.device, time.occurredAt());
		}

		/** The same report for a reader who has chosen another mode. */
		public ReportPosition withUpdateMode(PositionUpdateMode mode) {
			return new ReportPosition(this.reader, this.fraction, this.page, this.chapter, this.locator, this.device,
					this.clock, mode, this.receivedAt);
		}

		ReportPosition withFraction(BigDecimal fractionOfPage) {
			return new ReportPosition(this.reader, fractionOfPage, this.page, this.chapter, this.locator, this.device,
					this.clock, this.updateMode, this.receivedAt);
		}

	}

	/**
	 * Name the edition, in whatever state the reading is.
	 *
	 * @param edition the edition; null to name none
	 */
	record ChangeEdition(String reader, @Nullable RequestedEdition edition, DeviceClock clock,
			Instant receivedAt) implements ChangeReading {
	}

	/** Mark the reading as finished, whatever its position is. */
	record FinishReading(String reader, DeviceClock clock, Instant receivedAt) implements ChangeReading {

		/** A command without a time of its own. */
		public FinishReading(String reader, Instant receivedAt) {
			this(reader, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/** Reopen a finished reading. */
	record ReopenReading(String reader, boolean again, DeviceClock clock,
			Instant receivedAt) implements ChangeReading, OpenReading {

		/** A command that is rejected if another reading of the book is open. */
		public ReopenReading(String reader, DeviceClock clock, Instant receivedAt) {
			this(reader, false, clock, receivedAt);
		}

		/** A command without a time of its own. */
		public ReopenReading(String reader, Instant receivedAt) {
			this(reader, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/** Abandon the reading. */
	record AbandonReading(String reader, DeviceClock clock, Instant receivedAt) implements ChangeReading {

		/** A command without a time of its own. */
		public AbandonReading(String reader, Instant receivedAt) {
			this(reader, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/** Resume an abandoned reading. */
	record ResumeReading(String reader, boolean again, DeviceClock clock,
			Instant receivedAt) implements ChangeReading, OpenReading {

		/** A command that is rejected if another reading of the book is open. */
		public ResumeReading(String reader, DeviceClock clock, Instant receivedAt) {
			this(reader, false, clock, receivedAt);
		}

		/** A command without a time of its own. */
		public ResumeReading(String reader, Instant receivedAt) {
			this(reader, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/**
	 * Restore the position that the reading had at an earlier time.
	 *
	 * @param to the cursor of that time
	 * @param target the reading at that time
	 */
	record RestorePosition(String reader, String to, Reading target, DeviceClock clock,
			Instant receivedAt) implements ChangeReading {

		/** A command without a time of its own. */
		public RestorePosition(String reader, String to, Reading target, Instant receivedAt) {
			this(reader, to, target, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/**
	 * Set a date by which the reader wants to finish.
	 *
	 * @param finishBy the latest time to finish
	 */
	record SetPlan(String reader, Instant finishBy, DeviceClock clock, Instant receivedAt) implements ChangeReading {

		/** A command without a time of its own. */
		public SetPlan(String reader, Instant finishBy, Instant receivedAt) {
			this(reader, finishBy, DeviceClock.UNKNOWN, receivedAt);
		}

	}

	/** Remove the plan. */
	record RemovePlan(String reader, DeviceClock clock, Instant receivedAt) implements ChangeReading {
	}

	/** Remove a reading that was begun by mistake, whatever its status is. */
	record RemoveReading(String reader, DeviceClock clock, Instant receivedAt) implements ChangeReading {
	}

	/**
	 * Undo the removal of the reading.
	 *
	 * @param removedAt when the removal occurred that is undone
	 */
	record ReturnReading(String reader, Instant removedAt, DeviceClock clock,
			Instant receivedAt) implements ChangeReading, OpenReading {

		@Override
		public boolean again() {
			return false;
		}

	}

	/**
	 * Undo a restore.
	 *
	 * @param undone the restore
	 * @param to the cursor of the time before it
	 * @param target the reading at that time
	 */
	record UndoRestore(String reader, PositionRestored undone, String to, Reading target, DeviceClock clock,
			Instant receivedAt) implements ChangeReading {
	}

}
