package lectern.progress.command;

import java.time.Duration;
import java.util.List;

import lectern.progress.command.ReadingCommandListHandler.ListOutcome;
import lectern.progress.command.ReadingCommandRequest.ReadingAtTime;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.web.Problem;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.stereotype.Component;

/** Handles single commands of a list as if each was a request of its own. */
@Component
class SingleCommandHandler {

	private static final Retry WHEN_OVERLOADED = Retry.backoff(6, Duration.ofMillis(50))
		.maxBackoff(Duration.ofSeconds(1))
		.jitter(0.5)
		.filter(SingleCommandHandler::isTemporary)
		.onRetryExhaustedThrow((_, last) -> last.failure());

	private final ReadingCommandHandler commands;

	private final StartHandler starts;

	private final EditionHandler editions;

	private final RestoreHandler restores;

	private final UndoHandler undos;

	private final EventLog log;

	SingleCommandHandler(ReadingCommandHandler commands, StartHandler starts, EditionHandler editions,
			RestoreHandler restores, UndoHandler undos, EventLog log) {
		this.commands = commands;
		this.starts = starts;
		this.editions = editions;
		this.restores = restores;
		this.undos = undos;
		this.log = log;
	}

	/**
	 * Handle a command.
	 * @return cold; fails if the command cannot be stored at present
	 */
	Mono<ListOutcome> handle(String reader, CommandLine line) {
		return execute(reader, line, line.toRecord(reader)).map((result) -> new ListOutcome(List.of(), result.cursor()))
			.onErrorResume(DuplicateCommandException.class,
					(_) -> StoredLines.of(this.log, reader, List.of(line))
						.map((stored) -> new ListOutcome(stored.refused(), null)))
			.onErrorResume(SingleCommandHandler::isRefusal,
					(problem) -> Mono.just(new ListOutcome(
							List.of(new RefusedCommand(line.number(), line.key().value(), problem)), null)))
			.retryWhen(WHEN_OVERLOADED);
	}

	private Mono<ReadingCommandResult> execute(String reader, CommandLine line, IdempotencyRecord idempotencyRecord) {
		return switch (line.request()) {
			case StartReadingRequest start -> this.starts.handle(reader, start, idempotencyRecord);
			case ChangeEditionRequest change ->
				this.editions.handle(reader, line.reading(), line.precondition(), change, idempotencyRecord);
			case RestoreRequest restore ->
				this.restores.handle(reader, line.reading(), line.precondition(), restore, idempotencyRecord);
			case RemovalRequest removal -> this.commands.handle(line.reading(), line.precondition(),
					(receivedAt) -> removal.toCommand(reader, receivedAt), idempotencyRecord);
			case UndoRequest undo -> this.undos.handle(reader, undo, idempotencyRecord);
			case ReadingCommandRequest request -> this.commands.handle(line.reading(), line.precondition(),
					(receivedAt) -> request.toCommand(reader, receivedAt, ReadingAtTime.NONE), idempotencyRecord);
			default -> throw new IllegalArgumentException("Not a command: " + line.request());
		};
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof Problem && !isTemporary(failure);
	}

	private static boolean isTemporary(Throwable failure) {
		return failure instanceof Problem problem && problem.type().status().is5xxServerError();
	}

}
