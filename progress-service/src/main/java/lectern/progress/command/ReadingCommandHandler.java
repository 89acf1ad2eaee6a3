package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import lectern.progress.eventlog.CommandReference;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Handles commands on readings. */
@Component
class ReadingCommandHandler {

	private final ReadingCommandDomain domain;

	private final CommandHandler<UUID, ReadingState, ReadingCommand, CommandResult> handler;

	ReadingCommandHandler(EventLog log, ReadingStateCache stateCache, KeyedSerialExecutor executor, Clock clock) {
		this.domain = new ReadingCommandDomain(log, stateCache);
		this.handler = new CommandHandler<>(this.domain, log, executor, clock);
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param factory creates the command, given the current time
	 * @param idempotencyRecord how to remember the command; null not to remember it
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory, @Nullable IdempotencyRecord idempotencyRecord) {
		return this.handler.handle(reading, (receivedAt, state) -> {
			ReadingCommand command = factory.apply(receivedAt);
			checkPrecondition(precondition, command, state);
			return command;
		}, (_, _) -> idempotencyRecord);
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory) {
		return handle(reading, precondition, factory, null);
	}

	/** The result of an earlier command, as it was; cold. */
	Mono<CommandResult> result(CommandReference reference) {
		return this.domain.result(reference);
	}

	/** The version of another reader's reading must not be revealed. */
	private static void checkPrecondition(ReadingPrecondition precondition, ReadingCommand command,
			ReadingState state) {
		if (!(state.reading() instanceof Started started) || started.open().reader().equals(command.reader())) {
			precondition.check(state);
		}
	}

}
