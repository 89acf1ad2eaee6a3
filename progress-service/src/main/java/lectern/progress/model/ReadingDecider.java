package lectern.progress.model;

import java.util.Objects;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Abandoned;
import lectern.progress.model.Reading.Finished;
import lectern.progress.model.Reading.NotStarted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.ChangeReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
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
			case ChangeReading change -> change(change, reading);
		};
	}

	private static Decision start(StartReading command, Reading reading) {
		return switch (reading) {
			case NotStarted _ when command.book() == null -> Rejection.UNKNOWN_BOOK;
			case NotStarted _ -> Accepted.with(new ReadingStarted(command.reader(),
					Objects.requireNonNull(command.book()), command.edition(), command.receivedAt()));
			case Started started when isSameStart(command, started.open()) -> Accepted.NO_CHANGE;
			case Started _ -> Rejection.ID_TAKEN;
		};
	}

	private static boolean isSameStart(StartReading command, Open open) {
		return open.reader().equals(command.reader()) && open.book().id().equals(command.bookId())
				&& Objects.equals(open.edition(), command.edition());
	}

	/**
	 * Another reader's reading is rejected like a missing one, so that it is not
	 * revealed.
	 */
	private static Decision change(ChangeReading command, Reading reading) {
		return switch (reading) {
			case NotStarted _ -> Rejection.NO_SUCH_READING;
			case Started started when !started.open().reader().equals(command.reader()) -> Rejection.NO_SUCH_READING;
			case Open open -> decideOpen(command, open);
			case Finished _ -> decideFinished(command);
			case Abandoned _ -> decideAbandoned(command);
		};
	}

	private static Decision decideOpen(ChangeReading command, Open open) {
		return switch (command) {
			case ReportPosition report -> PositionReportPolicy.decide(report, open);
			case FinishReading finish -> Accepted.with(new ReadingFinished(finish.receivedAt()));
			case AbandonReading abandon -> Accepted.with(new ReadingAbandoned(abandon.receivedAt()));
			case RestorePosition restore -> restore(restore, open);
			case SetPlan plan -> plan(plan, open);
			case ReopenReading _, ResumeReading _ -> Accepted.NO_CHANGE;
		};
	}

	private static Decision decideFinished(ChangeReading command) {
		return switch (command) {
			case ReopenReading reopen -> Accepted.with(new ReadingReopened(reopen.receivedAt()));
			case FinishReading _ -> Accepted.NO_CHANGE;
			case ReportPosition _, AbandonReading _, ResumeReading _, RestorePosition _, SetPlan _ ->
				Rejection.READING_FINISHED;
		};
	}

	private static Decision decideAbandoned(ChangeReading command) {
		return switch (command) {
			case ResumeReading resume -> Accepted.with(new ReadingResumed(resume.receivedAt()));
			case AbandonReading _ -> Accepted.NO_CHANGE;
			case ReportPosition _, FinishReading _, ReopenReading _, RestorePosition _, SetPlan _ ->
				Rejection.READING_ABANDONED;
		};
	}

	private static Decision restore(RestorePosition command, Open open) {
		if (!(command.target() instanceof Started started) || started.open().position() == null) {
			return Rejection.NO_POSITION_THEN;
		}
		Open target = started.open();
		Position position = Objects.requireNonNull(target.position());
		Position furthest = Objects.requireNonNull(target.furthest());
		return (position.equals(open.position()) && furthest.equals(open.furthest())) ? Accepted.NO_CHANGE
				: Accepted.with(new PositionRestored(command.to(), position, furthest, command.receivedAt()));
	}

	private static Decision plan(SetPlan command, Open open) {
		if (command.finishBy().equals(open.finishBy())) {
			return Accepted.NO_CHANGE;
		}
		return command.finishBy().isAfter(command.receivedAt())
				? Accepted.with(new PlanSet(command.finishBy(), command.receivedAt())) : Rejection.PLAN_IN_THE_PAST;
	}

	/**
	 * The reading after an event.
	 * @throws IllegalStateException for an event that no decision can produce in this
	 * state
	 */
	public static Reading evolve(Reading reading, ReadingEvent event) {
		return switch (event) {
			case ReadingStarted started -> begin(started, reading);
			case PositionReported reported -> PositionReportPolicy.evolve(open(reading, event), reported);
			case PositionRestored restored -> open(reading, event).withRestoredPosition(restored);
			case PlanSet plan -> open(reading, event).withPlan(plan.finishBy());
			case ReadingFinished _ -> new Finished(open(reading, event));
			case ReadingAbandoned _ -> new Abandoned(open(reading, event));
			case ReadingReopened _ when reading instanceof Finished finished -> finished.open();
			case ReadingResumed _ when reading instanceof Abandoned abandoned -> abandoned.open();
			case ReadingReopened _, ReadingResumed _ -> throw illegalTransition(reading, event);
		};
	}

	private static Open begin(ReadingStarted event, Reading reading) {
		if (reading instanceof NotStarted) {
			return new Open(event.reader(), event.book(), event.edition());
		}
		throw illegalTransition(reading, event);
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
