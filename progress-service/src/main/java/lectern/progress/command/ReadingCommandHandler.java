package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Handles commands on readings. */
@Component
class ReadingCommandHandler {

	private final CommandHandler<UUID, ReadingState, ReadingCommand, CommandResult> handler;

	ReadingCommandHandler(EventLog log, ReadingStateCache stateCache, KeyedSerialExecutor executor, Clock clock) {
		this.handler = new CommandHandler<>(new ReadingCommandDomain(log, stateCache), log, executor, clock);
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param factory creates the command, given the current time
	 * @param recordFactory how the response is stored
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory,
			IdempotencyRecordFactory<CommandResult> recordFactory) {
		return this.handler.handle(reading, (receivedAt, state) -> {
			ReadingCommand command = factory.apply(receivedAt);
			checkPrecondition(precondition, command, state);
			return command;
		}, recordFactory);
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory) {
		return handle(reading, precondition, factory, (_, _) -> null);
	}

	/** The version of another reader's reading must not be revealed. */
	private static void checkPrecondition(ReadingPrecondition precondition, ReadingCommand command,
			ReadingState state) {
		if (!(state.reading() instanceof Started started) || started.open().reader().equals(command.reader())) {
			precondition.check(state);
		}
	}

}
