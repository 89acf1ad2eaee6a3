package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

import lectern.progress.eventlog.AppendQueueFullException;
import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.VersionConflictException;
import lectern.progress.model.PathCommand;
import lectern.progress.model.PathDecider;
import lectern.progress.model.PathDecision.Accepted;
import lectern.progress.model.PathRejection;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Handles commands on paths: loads the state of the reader, decides, and appends. */
@Component
class PathCommandHandler {

	private static final int MAX_ATTEMPTS = 20;

	private final EventLog log;

	private final PathStates pathStates;

	private final Clock clock;

	PathCommandHandler(EventLog log, PathStates pathStates, Clock clock) {
		this.log = log;
		this.pathStates = pathStates;
		this.clock = clock;
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> precondition,
			PathCommandFactory commandFactory) {
		return handle(stream, precondition, commandFactory, (_, _) -> null);
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param precondition throws a {@link Problem} for a state in which the command is
	 * not allowed
	 * @param recordFactory how the response is stored
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> precondition,
			PathCommandFactory commandFactory, IdempotencyRecordFactory<PathCommandResult> recordFactory) {
		// The cursor is read first, so that the state is at least as new as the cursor.
		return this.log.cursor()
			.flatMap((cursor) -> this.pathStates.current(stream)
				.doOnNext(precondition)
				.flatMap((state) -> handle(commandFactory.create(now(), state), state, cursor, recordFactory)))
			.retryWhen(Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(5))
				.maxBackoff(Duration.ofMillis(200))
				.filter(VersionConflictException.class::isInstance)
				.onRetryExhaustedThrow((_, _) -> unavailable(
						"There are too many concurrent changes to this path. Try again in a moment.")))
			.onErrorMap(AppendQueueFullException.class,
					(_) -> unavailable("Too many commands are waiting to be stored. Try again in a moment."));
	}

	private Mono<PathCommandResult> handle(PathCommand command, PathState state, Cursor before,
			IdempotencyRecordFactory<PathCommandResult> recordFactory) {
		return switch (PathDecider.decide(command, state.progress())) {
			case PathRejection rejection -> Mono.error(PathRejections.toProblem(rejection));
			case Accepted accepted -> append(events(command.reader(), accepted), state, before, recordFactory
				.create(IdempotencyRecordFactory.DEFAULT_RETENTION, (result) -> toResult(result, state, before)));
		};
	}

	private static List<NewEvent> events(String reader, Accepted accepted) {
		return accepted.events()
			.stream()
			.map((event) -> new NewEvent(reader, null, event.occurredAt(), event))
			.toList();
	}

	private Mono<PathCommandResult> append(List<NewEvent> events, PathState state, Cursor before,
			@Nullable IdempotencyRecord idempotencyRecord) {
		if (events.isEmpty() && idempotencyRecord == null) {
			return Mono.just(new PathCommandResult(before, state, false));
		}
		return this.log.append(state.stream().toString(), state.events().size(), events, idempotencyRecord)
			.map((result) -> toResult(result, state, before));
	}

	private static PathCommandResult toResult(AppendResult appended, PathState state, Cursor before) {
		return appended.events().isEmpty() ? new PathCommandResult(before, state, false)
				: new PathCommandResult(appended.cursor(), state.withEvents(appended.events()), true);
	}

	/** The current time in microseconds, the precision of the log. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
