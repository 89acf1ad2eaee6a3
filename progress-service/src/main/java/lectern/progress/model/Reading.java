package lectern.progress.model;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/** The state of a reading, as far as decisions need it. */
public sealed interface Reading {

	/** The state before the first event. */
	Reading NOT_STARTED = new NotStarted();

	/** The reading has not been started. */
	record NotStarted() implements Reading {
	}

	/** The reading has been started, whatever its status is now. */
	sealed interface Started extends Reading {

		/**
		 * The open reading, or the reading as it was when it was finished or abandoned.
		 */
		Open open();

	}

	/** The reading has ended, and may go on. */
	sealed interface Closed extends Started {

		/** When it ended. */
		Instant at();

		/** The same after a change that does not reopen it. */
		Closed with(Open open);

	}

	/**
	 * The reading is open.
	 *
	 * @param edition the edition that the reader names
	 * @param startedAt when it was started
	 * @param reopenedAt when it was last reopened or resumed; null if it never was
	 * @param position the current position; null before the first report
	 * @param furthest the furthest position so far; null before the first report
	 * @param restoredAt when the position was last restored: no report about an earlier
	 * time moves the position; null if it was never restored
	 * @param plan the plan, or its removal; null if there never was a plan
	 * @param devices the devices that have reported, the newest last
	 * @param reports the most recent reports
	 */
	record Open(String reader, BookSnapshot book, EditionChoice edition, Instant startedAt,
			@Nullable Instant reopenedAt, @Nullable Position position, @Nullable Position furthest,
			@Nullable Instant restoredAt, @Nullable Plan plan, List<Device> devices,
			RecentReports reports) implements Started {

		/** A reading directly after its start. */
		Open(ReadingStarted start) {
			this(start.reader(), start.book(), new EditionChoice(start.bookEdition(), null), start.occurredAt(), null,
					null, null, null, null, List.of(), RecentReports.NONE);
		}

		@Override
		public Open open() {
			return this;
		}

		Open with(@Nullable Position position, @Nullable Position furthest) {
			return new Open(this.reader, this.book, this.edition, this.startedAt, this.reopenedAt, position, furthest,
					this.restoredAt, this.plan, this.devices, this.reports);
		}

		Open withRestoredPosition(PositionRestored event) {
			return new Open(this.reader, this.book, this.edition, this.startedAt, this.reopenedAt, event.position(),
					event.furthest(), event.occurredAt(), this.plan, this.devices, this.reports);
		}

		Open withPlan(@Nullable Instant finishBy, Instant changedAt) {
			return new Open(this.reader, this.book, this.edition, this.startedAt, this.reopenedAt, this.position,
					this.furthest, this.restoredAt, new Plan(finishBy, changedAt), this.devices, this.reports);
		}

		Open with(EditionChoice edition) {
			return new Open(this.reader, this.book, edition, this.startedAt, this.reopenedAt, this.position,
					this.furthest, this.restoredAt, this.plan, this.devices, this.reports);
		}

		Open with(List<Device> devices, RecentReports reports) {
			return new Open(this.reader, this.book, this.edition, this.startedAt, this.reopenedAt, this.position,
					this.furthest, this.restoredAt, this.plan, devices, reports);
		}

		Open reopenedAt(Instant instant) {
			return new Open(this.reader, this.book, this.edition, this.startedAt, instant, this.position, this.furthest,
					this.restoredAt, this.plan, this.devices, this.reports);
		}

		/** When the reader wants to have finished; null without a plan. */
		@Nullable Instant finishBy() {
			return (this.plan != null) ? this.plan.finishBy() : null;
		}

		/** When the plan was last set or removed; null if there never was a plan. */
		@Nullable Instant planChangedAt() {
			return (this.plan != null) ? this.plan.changedAt() : null;
		}

	}

	/**
	 * Which edition the reader reads.
	 *
	 * @param edition null if the reader names none
	 * @param changedAt when it was last changed; null if it is that of the start
	 */
	record EditionChoice(@Nullable BookEdition edition, @Nullable Instant changedAt) {

		/** The name of the edition; null if the reader names none. */
		@Nullable String name() {
			return (this.edition != null) ? this.edition.name() : null;
		}

	}

	/**
	 * A plan.
	 *
	 * @param finishBy when the reader wants to have finished; null if the plan was
	 * removed
	 * @param changedAt when it was set or removed
	 */
	record Plan(@Nullable Instant finishBy, Instant changedAt) {
	}

	/**
	 * The reader has marked the reading as finished.
	 *
	 * @param open the reading when it was finished
	 * @param at when it was finished
	 */
	record Finished(Open open, Instant at) implements Closed {

		@Override
		public Finished with(Open open) {
			return new Finished(open, this.at);
		}

	}

	/**
	 * The reader has abandoned the reading.
	 *
	 * @param open the reading when it was abandoned
	 * @param at when it was abandoned
	 */
	record Abandoned(Open open, Instant at) implements Closed {

		@Override
		public Abandoned with(Open open) {
			return new Abandoned(open, this.at);
		}

	}

	/**
	 * The reader has removed the reading.
	 *
	 * @param before the reading when it was removed; never removed itself
	 * @param at when it was removed
	 */
	record Removed(Started before, Instant at) implements Started {

		@Override
		public Open open() {
			return this.before.open();
		}

	}

}
