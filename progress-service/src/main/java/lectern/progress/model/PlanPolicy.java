package lectern.progress.model;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;

/** The rules of plans. */
final class PlanPolicy {

	private PlanPolicy() {
	}

	/** A plan that is told late may have been for a time that is past now. */
	static Decision decide(SetPlan command, Open open, EventTime time) {
		if (command.finishBy().equals(open.finishBy()) || time.isBefore(open.planChangedAt())) {
			return Accepted.NO_CHANGE;
		}
		return command.finishBy().isAfter(time.occurredAt())
				? Accepted.with(new PlanSet(command.finishBy(), time.occurredAt(), time.clock()))
				: Rejection.PLAN_IN_THE_PAST;
	}

	/** A removal that is told late may have been followed by another plan. */
	static Decision decideRemoval(Open open, EventTime time) {
		return (open.finishBy() == null || time.isBefore(open.planChangedAt())) ? Accepted.NO_CHANGE
				: Accepted.with(new PlanRemoved(time.occurredAt(), time.clock()));
	}

}
