package lectern.progress.command;

import java.util.UUID;

import lectern.progress.eventlog.IdempotencyRecord;
import lectern.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * A valid command of a list.
 *
 * @param number the number of its line, from 1
 * @param key its idempotency key
 * @param reading the reading; for a start the one that begins, meaningless for an undo
 * @param request the command
 * @param ifMatch the version on which the command is based; null if it does not matter
 */
record CommandLine(int number, IdempotencyKey key, UUID reading, TimedRequest request,
		@Nullable String ifMatch) implements ListedCommand {

	/**
	 * Whether the command is decided on the events of its reading alone. Others look at
	 * further readings of the book or at earlier states.
	 */
	boolean isIndependent() {
		return switch (this.request) {
			case PositionRequest _, PlanRequest _, ReadingCommandRequest.RemovePlanRequest _,
					ReadingCommandRequest.FinishRequest _, ReadingCommandRequest.AbandonRequest _ ->
				true;
			default -> false;
		};
	}

	/** How the command is remembered. */
	IdempotencyRecord toRecord(String reader) {
		return new IdempotencyRecord(reader, this.key.value(), this.key.commandHash(),
				(this.request instanceof PositionRequest) ? null : IdempotentRequest.DEFAULT_RETENTION);
	}

	ReadingPrecondition precondition() {
		return ReadingPrecondition.ofIfMatch(this.ifMatch);
	}

}
