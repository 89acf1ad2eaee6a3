package lectern.progress.command;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.model.PathCommand;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Handles commands on paths. */
@Component
class PathCommandHandler {

	private final CommandHandler<PathStreamId, LoadedPath, PathCommand, PathCommandResult> handler;

	PathCommandHandler(EventLog log, PathStates pathStates, KeyedSerialExecutor executor, Clock clock) {
		this.handler = new CommandHandler<>(new PathCommandDomain(log, pathStates), log, executor, clock);
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> precondition,
			CommandFactory<PathState, PathCommand> factory) {
		return handle(stream, precondition, factory, null, (_) -> "");
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param precondition throws a {@link Problem} for a state in which the command is
	 * not allowed
	 * @param factory creates the command
	 * @param idempotencyRecord how to remember the command; null not to remember it
	 * @param renderer creates the response to store. It depends on the catalog and on the
	 * finished books of this time, so it could not be derived from the events later
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> precondition,
			CommandFactory<PathState, PathCommand> factory, @Nullable IdempotencyRecord idempotencyRecord,
			Function<PathCommandResult, String> renderer) {
		return this.handler.handle(stream, (receivedAt, loaded) -> {
			precondition.accept(loaded.state());
			return factory.create(receivedAt, loaded.state());
		}, (before, events) -> (idempotencyRecord != null)
				? idempotencyRecord.withResponse(renderer.apply(PathCommandResult.expected(before, events))) : null);
	}

}
