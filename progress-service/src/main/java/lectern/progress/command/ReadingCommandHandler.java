package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import lectern.progress.eventlog.CommandReference;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.UpdateModes;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Handles commands on readings. */
@Component
class ReadingCommandHandler {

	private final ReadingCommandDomain domain;

	private final CommandHandler<UUID, ReadingState, ReadingCommand, ReadingCommandResult> handler;

	private final StreamAliases aliases;

	private final UpdateModes updateModes;

	ReadingCommandHandler(EventLog log, StreamAliases aliases, ReadingStateCache stateCache,
			KeyedSerialExecutor executor, UpdateModes updateModes, Clock clock) {
		this.aliases = aliases;
		this.updateModes = updateModes;
		this.domain = new ReadingCommandDomain(log, stateCache);
		this.handler = new CommandHandler<>(this.domain, log, executor, clock);
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param reading the id of the reading, or an alias of it
	 * @param factory creates the command, given the current time
	 * @param idempotencyRecord how to remember the command; null not to remember it
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<ReadingCommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory, @Nullable IdempotencyRecord idempotencyRecord) {
		return handle(reading, precondition, (receivedAt, _) -> factory.apply(receivedAt), idempotencyRecord);
	}

	/** The same for a command that depends on the state of the reading. */
	Mono<ReadingCommandResult> handle(UUID reading, ReadingPrecondition precondition,
			CommandFactory<ReadingState, ? extends ReadingCommand> factory,
			@Nullable IdempotencyRecord idempotencyRecord) {
		CommandFactory<ReadingState, ReadingCommand> checked = (receivedAt, state) -> {
			ReadingCommand command = this.updateModes.applyTo(factory.create(receivedAt, state));
			checkPrecondition(precondition, command, state);
			return command;
		};
		UUID known = this.aliases.cached(reading);
		return handle((known != null) ? known : reading, checked, idempotencyRecord)
			.onErrorResume((failure) -> switch (failure) {
				case StreamClaimedException claimed -> Mono.error(ReadingRejections.otherReadingOpen(claimed));
				case Problem problem when known == null && mayBeUnknownReading(problem) -> this.aliases.find(reading)
					.switchIfEmpty(Mono.error(problem))
					.flatMap((stream) -> handle(stream, precondition, factory, idempotencyRecord));
				default -> Mono.error(failure);
			});
	}

	/** A missing reading also fails a precondition. */
	private static boolean mayBeUnknownReading(Problem problem) {
		return problem.type().equals(ProblemType.NOT_FOUND) || problem.type().equals(ProblemType.PRECONDITION_FAILED);
	}

	/**
	 * Handle a command as above, but only by the id of the reading itself.
	 * @return cold; fails also with {@link StreamClaimedException} if the command opens
	 * the reading while another one of its book is open
	 */
	Mono<ReadingCommandResult> handle(UUID reading, CommandFactory<ReadingState, ReadingCommand> factory,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return this.handler.handle(reading, factory, (_, _) -> idempotencyRecord);
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<ReadingCommandResult> handle(UUID reading, ReadingPrecondition precondition,
			Function<Instant, ? extends ReadingCommand> factory) {
		return handle(reading, precondition, factory, null);
	}

	/**
	 * The book of a reading, which never changes.
	 * @param reading the id of the reading, or an alias of it
	 * @return cold; the id of the book; empty if there is no such reading
	 */
	Mono<String> bookOf(UUID reading) {
		return this.aliases
			.search(reading,
					(stream) -> Mono.defer(() -> Mono.justOrEmpty(this.domain.cached(stream)))
						.switchIfEmpty(this.domain.load(stream))
						.map(ReadingState::reading)
						.ofType(Started.class))
			.map((started) -> started.open().book().id());
	}

	/** The result of an earlier command, as it was; cold. */
	Mono<ReadingCommandResult> result(CommandReference reference) {
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
