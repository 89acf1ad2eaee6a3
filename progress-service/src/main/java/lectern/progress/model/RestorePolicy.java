package lectern.progress.model;

import java.util.Objects;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PositionRestored;

/** The rules of restores and their undo. */
final class RestorePolicy {

	private RestorePolicy() {
	}

	static Decision decide(RestorePosition command, Open open, EventTime time) {
		if (!(command.target() instanceof Started started) || started.open().position() == null) {
			return Rejection.NO_POSITION_THEN;
		}
		Open target = started.open();
		Position position = EditionPolicy.restored(Objects.requireNonNull(target.position()), target, open);
		Position furthest = EditionPolicy.restored(Objects.requireNonNull(target.furthest()), target, open);
		return (isSuperseded(time, open) || (position.equals(open.position()) && furthest.equals(open.furthest())))
				? Accepted.NO_CHANGE : Accepted
					.with(new PositionRestored(command.to(), position, furthest, time.occurredAt(), time.clock()));
	}

	/** A restore can be undone as long as the position is that which it has set. */
	static Decision decide(UndoRestore command, Open open, EventTime time) {
		PositionRestored undone = command.undone();
		boolean current = undone.position().equals(open.position()) && undone.occurredAt().equals(open.restoredAt());
		return current ? decide(new RestorePosition(command.reader(), command.to(), command.target(), command.clock(),
				command.receivedAt()), open, time) : Rejection.RESTORE_SUPERSEDED;
	}

	/** Whether a restore is told late: the reader has read or restored since. */
	private static boolean isSuperseded(EventTime restore, Open open) {
		Position current = open.position();
		return restore.isBefore(open.restoredAt()) || (current != null && restore.isBefore(current.occurredAt()));
	}

}
