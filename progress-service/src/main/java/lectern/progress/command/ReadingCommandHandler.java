package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.AppendQueueFullException;
import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.VersionConflictException;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.NotStarted;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.Rejection;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Handles commands on readings: loads the state, decides, and appends the new events. */
@Component
class ReadingCommandHandler {

	private static final int MAX_ATTEMPTS = 20;

	private final EventLog log;

	private final ReadingStateCache stateCache;

	private final KeyedSerialExecutor executor;

	private final Clock clock;

	ReadingCommandHandler(EventLog log, ReadingStateCache stateCache, KeyedSerialExecutor executor, Clock clock) {
		this.log = log;
		this.stateCache = stateCache;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param recordFactory how the response is stored
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, and with
	 * {@link DuplicateCommandException} if the command was handled before
	 */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition, CommandFactory commandFactory,
			IdempotencyRecordFactory<CommandResult> recordFactory) {
		String stream = reading.toString();
		Mono<CommandResult> attempt = Mono
			.defer(() -> handle(stream, precondition, commandFactory.create(now()), recordFactory));
		return this.executor
			.runExclusively(stream,
					attempt.retryWhen(Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(5))
						.maxBackoff(Duration.ofMillis(200))
						.filter(VersionConflictException.class::isInstance)
						.onRetryExhaustedThrow((_, _) -> KeyedSerialExecutor.overloaded())))
			.onErrorMap(AppendQueueFullException.class,
					(_) -> unavailable("Too many commands are waiting to be stored. Try again in a moment."));
	}

	/** Handle a command that is idempotent by itself and needs no idempotency key. */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition precondition, CommandFactory commandFactory) {
		return handle(reading, precondition, commandFactory, (_, _) -> null);
	}

	/**
	 * Decides on the cached state first: if it is stale, the log rejects the new events.
	 * Nothing would detect a stale state behind a rejection or an empty decision, so
	 * those are decided on the state in the log.
	 */
	private Mono<CommandResult> handle(String stream, ReadingPrecondition precondition, ReadingCommand command,
			IdempotencyRecordFactory<CommandResult> recordFactory) {
		return Mono.justOrEmpty(this.stateCache.cached(stream))
			.map((state) -> decide(command, precondition, state))
			.filter((pending) -> !pending.events().isEmpty())
			.onErrorComplete(Problem.class)
			.switchIfEmpty(this.stateCache.load(stream).map((state) -> decide(command, precondition, state)))
			.flatMap((pending) -> append(stream, command, pending, recordFactory));
	}

	private static PendingAppend decide(ReadingCommand command, ReadingPrecondition precondition, ReadingState before) {
		// The version of another reader's reading must not be revealed.
		if (!(before.reading() instanceof Started started) || started.open().reader().equals(command.reader())) {
			precondition.check(before);
		}
		return switch (ReadingDecider.decide(command, before.reading())) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
			case Accepted accepted -> new PendingAppend(before, accepted.events());
		};
	}

	private Mono<CommandResult> append(String stream, ReadingCommand command, PendingAppend pending,
			IdempotencyRecordFactory<CommandResult> recordFactory) {
		ReadingState before = pending.before();
		IdempotencyRecord idempotencyRecord = recordFactory.create(retention(command),
				(appended) -> CommandResult.of(before, appended));
		if (pending.events().isEmpty() && idempotencyRecord == null) {
			return this.log.cursor().map((now) -> CommandResult.of(before, new AppendResult(now, List.of())));
		}
		return this.log.append(stream, before.version(), pending.newEvents(command.reader()), idempotencyRecord)
			.map((appended) -> CommandResult.of(before, appended))
			.doOnNext((result) -> this.stateCache.put(stream, result.after()))
			.doOnError((_) -> this.stateCache.invalidate(stream));
	}

	/** Null, which means for ever, for reports: a device may be offline for any time. */
	private static @Nullable Duration retention(ReadingCommand command) {
		return (command instanceof ReportPosition) ? null : IdempotencyRecordFactory.DEFAULT_RETENTION;
	}

	/** The current time in microseconds, the precision of the log. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/**
	 * A decision that is to be appended.
	 *
	 * @param before the state on which the command was decided
	 * @param events the new events; empty if the command changes nothing
	 */
	private record PendingAppend(ReadingState before, List<ReadingEvent> events) {

		List<NewEvent> newEvents(String reader) {
			return this.events.stream()
				.map((event) -> new NewEvent(reader, book(event), event.occurredAt(), event))
				.toList();
		}

		private String book(ReadingEvent event) {
			return switch (this.before.reading()) {
				case Started started -> started.open().book().id();
				case NotStarted _ when event instanceof ReadingStarted start -> start.book().id();
				case NotStarted _ -> throw new IllegalStateException("The first event of a reading must be its start");
			};
		}

	}

}
