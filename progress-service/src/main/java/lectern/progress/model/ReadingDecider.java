package lectern.progress.model;

import java.util.Objects;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.InvalidCommand.UnknownEdition;
import lectern.progress.model.Reading.Abandoned;
import lectern.progress.model.Reading.Closed;
import lectern.progress.model.Reading.Finished;
import lectern.progress.model.Reading.NotStarted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.Reading.Removed;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.ReadingCommand.ChangeReading;
import lectern.progress.model.ReadingCommand.ContinueReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.RemovePlan;
import lectern.progress.model.ReadingCommand.RemoveReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand.ReturnReading;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/**
 * The rules of readings, as pure functions. A decision depends only on the command and
 * the state of the reading, and every event of a decision can be applied to that state.
 */
public final class ReadingDecider {

	private ReadingDecider() {
	}

	/** Decide a command, without side effects. */
	public static Decision decide(ReadingCommand command, Reading reading) {
		return switch (command) {
			case StartReading start -> start(start, reading);
			case ContinueReading next -> continueReading(next, reading);
			case ChangeReading change -> change(change, reading);
		};
	}

	private static Decision start(StartReading command, Reading reading) {
		return switch (reading) {
			case NotStarted _ when command.book() == null -> Rejection.UNKNOWN_BOOK;
			case NotStarted _ when command.edition() != null && command.edition().edition() == null ->
				new UnknownEdition(command.edition().available());
			case NotStarted _ -> Accepted.with(started(command));
			case Removed _ -> Rejection.ID_TAKEN;
			case Started started when isSameStart(command, started.open()) -> Accepted.NO_CHANGE;
			case Started _ -> Rejection.ID_TAKEN;
		};
	}

	private static ReadingStarted started(StartReading command) {
		EventTime time = command.clock().resolve(command.receivedAt());
		BookEdition edition = (command.edition() != null) ? command.edition().edition() : null;
		return new ReadingStarted(command.reader(), Objects.requireNonNull(command.book()),
				(edition != null) ? edition.name() : null, (edition != null) ? edition.pages() : null,
				time.occurredAt(), time.clock());
	}

	/** The catalog may have lost the book or the edition since. */
	private static boolean isSameStart(StartReading command, Open open) {
		BookEdition current = open.edition().edition();
		return open.reader().equals(command.reader()) && open.book().id().equals(command.bookId())
				&& ((command.edition() != null) ? command.edition().isNamed(current) : current == null);
	}

	/** An id that was an alias of a removed reading is not reused, as any other id. */
	private static Decision continueReading(ContinueReading command, Reading reading) {
		return switch (reading) {
			case NotStarted _, Removed _ -> Rejection.ID_TAKEN;
			case Started started when started.open().reader().equals(command.reader())
					&& started.open().book().id().equals(command.bookId()) ->
				Accepted.NO_CHANGE;
			case Started _ -> Rejection.ID_TAKEN;
		};
	}

	/**
	 * Another reader's reading is rejected like a missing one, so that it is not
	 * revealed.
	 */
	private static Decision change(ChangeReading command, Reading reading) {
		return switch (reading) {
			case NotStarted _ -> Rejection.NO_SUCH_READING;
			case Started started when !started.open().reader().equals(command.reader()) -> Rejection.NO_SUCH_READING;
			case Removed removed -> decideRemoved(command, removed, command.time(removed.open().startedAt()));
			case Started started when command instanceof ReportPosition report && report.fraction() == null ->
				reportPage(report, started);
			case Open open -> decideOpen(command, open, command.time(open.startedAt()));
			case Finished finished -> decideFinished(command, finished, command.time(finished.open().startedAt()));
			case Abandoned abandoned -> decideAbandoned(command, abandoned, command.time(abandoned.open().startedAt()));
		};
	}

	/** Decide on a report of a page alone, as on one of its fraction. */
	private static Decision reportPage(ReportPosition command, Started started) {
		Open open = started.open();
		InvalidCommand invalid = EditionPolicy.findInvalidPage(command, open);
		if (invalid != null) {
			return invalid;
		}
		ReportPosition report = EditionPolicy.withFraction(command, open);
		boolean repeated = open.reports().containsPage(report.position(report.time(open.startedAt())), report.clock());
		return repeated ? Accepted.NO_CHANGE : change(report, started);
	}

	/** A finish or abandon that is told late does not end what was reopened since. */
	private static Decision decideOpen(ChangeReading command, Open open, EventTime time) {
		return switch (command) {
			case ReportPosition report -> PositionReportPolicy.decide(report, open);
			case FinishReading _, AbandonReading _ when time.isBefore(open.reopenedAt()) -> Accepted.NO_CHANGE;
			case FinishReading _ -> Accepted.with(new ReadingFinished(time.occurredAt(), time.clock()));
			case AbandonReading _ -> Accepted.with(new ReadingAbandoned(time.occurredAt(), time.clock()));
			case ChangeEdition edition -> EditionPolicy.decide(edition, open, time);
			case RestorePosition restore -> RestorePolicy.decide(restore, open, time);
			case SetPlan plan -> PlanPolicy.decide(plan, open, time);
			case RemovePlan _ -> PlanPolicy.decideRemoval(open, time);
			case UndoRestore undo -> RestorePolicy.decide(undo, open, time);
			case RemoveReading _ -> remove(time);
			case ReturnReading _ -> Rejection.REMOVAL_UNDONE;
			case ReopenReading _, ResumeReading _ -> Accepted.NO_CHANGE;
		};
	}

	/**
	 * A reopening that is told late is about an earlier end. Of two finishes the first
	 * counts, in whatever order they are told.
	 */
	private static Decision decideFinished(ChangeReading command, Finished finished, EventTime time) {
		return switch (command) {
			case ReportPosition report -> PositionReportPolicy.decide(report, finished,
					IgnoredReason.OCCURRED_BEFORE_FINISH, Rejection.READING_FINISHED);
			case ChangeEdition edition -> EditionPolicy.decide(edition, finished.open(), time);
			case ReopenReading _ when time.isBefore(finished.at()) -> Accepted.NO_CHANGE;
			case ReopenReading _ -> Accepted.with(new ReadingReopened(time.occurredAt(), time.clock()));
			case FinishReading _ when time.isBefore(finished.at()) && !time.isBefore(finished.open().reopenedAt()) ->
				Accepted.with(new ReadingFinished(time.occurredAt(), time.clock()));
			case RemoveReading _ -> remove(time);
			case FinishReading _ -> Accepted.NO_CHANGE;
			case ReturnReading _ -> Rejection.REMOVAL_UNDONE;
			case AbandonReading _, ResumeReading _, RestorePosition _, UndoRestore _, SetPlan _, RemovePlan _ ->
				Rejection.READING_FINISHED;
		};
	}

	private static Decision decideAbandoned(ChangeReading command, Abandoned abandoned, EventTime time) {
		return switch (command) {
			case ReportPosition report -> PositionReportPolicy.decide(report, abandoned,
					IgnoredReason.OCCURRED_BEFORE_ABANDON, Rejection.READING_ABANDONED);
			case ChangeEdition edition -> EditionPolicy.decide(edition, abandoned.open(), time);
			case ResumeReading _ when time.isBefore(abandoned.at()) -> Accepted.NO_CHANGE;
			case ResumeReading _ -> Accepted.with(new ReadingResumed(time.occurredAt(), time.clock()));
			case AbandonReading _ when time.isBefore(abandoned.at()) && !time.isBefore(abandoned.open().reopenedAt()) ->
				Accepted.with(new ReadingAbandoned(time.occurredAt(), time.clock()));
			case RemoveReading _ -> remove(time);
			case AbandonReading _ -> Accepted.NO_CHANGE;
			case ReturnReading _ -> Rejection.REMOVAL_UNDONE;
			case FinishReading _, ReopenReading _, RestorePosition _, UndoRestore _, SetPlan _, RemovePlan _ ->
				Rejection.READING_ABANDONED;
		};
	}

	private static Decision remove(EventTime time) {
		return Accepted.with(new ReadingRemoved(time.occurredAt(), time.clock()));
	}

	/** A removed reading is like a missing one, until its removal is taken back. */
	private static Decision decideRemoved(ChangeReading command, Removed removed, EventTime time) {
		return switch (command) {
			case ReturnReading undo when undo.removedAt().equals(removed.at()) ->
				Accepted.with(new ReadingReturned(time.occurredAt(), time.clock()));
			case ReturnReading _ -> Rejection.REMOVAL_UNDONE;
			case RemoveReading _ -> Accepted.NO_CHANGE;
			case ReportPosition _, FinishReading _, ReopenReading _, AbandonReading _, ResumeReading _, ChangeEdition _,
					RestorePosition _, UndoRestore _, SetPlan _, RemovePlan _ ->
				Rejection.READING_REMOVED;
		};
	}

	/**
	 * The reading after an event.
	 * @throws IllegalStateException for an event that no decision can produce in this
	 * state
	 */
	public static Reading evolve(Reading reading, ReadingEvent event) {
		return switch (event) {
			case ReadingStarted started when reading instanceof NotStarted -> new Open(started);
			case PositionReported reported -> report(reading, reported);
			case ReadingEditionChanged changed when reading instanceof Closed closed ->
				closed.with(EditionPolicy.evolve(closed.open(), changed));
			case ReadingEditionChanged changed -> EditionPolicy.evolve(open(reading, event), changed);
			case PositionRestored restored -> open(reading, event).withRestoredPosition(restored);
			case PlanSet plan -> open(reading, event).withPlan(plan.finishBy(), plan.occurredAt());
			case PlanRemoved removed -> open(reading, event).withPlan(null, removed.occurredAt());
			case ReadingFinished finish when reading instanceof Finished finished ->
				new Finished(finished.open(), finish.occurredAt());
			case ReadingFinished finish -> new Finished(open(reading, event), finish.occurredAt());
			case ReadingAbandoned abandon when reading instanceof Abandoned abandoned ->
				new Abandoned(abandoned.open(), abandon.occurredAt());
			case ReadingAbandoned abandon -> new Abandoned(open(reading, event), abandon.occurredAt());
			case ReadingReopened reopened when reading instanceof Finished finished ->
				finished.open().reopenedAt(reopened.occurredAt());
			case ReadingResumed resumed when reading instanceof Abandoned abandoned ->
				abandoned.open().reopenedAt(resumed.occurredAt());
			case ReadingReturned _ when reading instanceof Removed removed -> removed.before();
			case ReadingRemoved removal when reading instanceof Started started && !(reading instanceof Removed) ->
				new Removed(started, removal.occurredAt());
			case ReadingStarted _, ReadingReopened _, ReadingResumed _, ReadingRemoved _, ReadingReturned _ ->
				throw illegalTransition(reading, event);
		};
	}

	private static Reading report(Reading reading, PositionReported event) {
		return (reading instanceof Closed closed) ? closed.with(PositionReportPolicy.evolve(closed.open(), event))
				: PositionReportPolicy.evolve(open(reading, event), event);
	}

	private static Open open(Reading reading, ReadingEvent event) {
		if (reading instanceof Open open) {
			return open;
		}
		throw illegalTransition(reading, event);
	}

	private static IllegalStateException illegalTransition(Reading reading, ReadingEvent event) {
		return new IllegalStateException(
				event.getClass().getSimpleName() + " cannot happen to " + reading.getClass().getSimpleName());
	}

}
