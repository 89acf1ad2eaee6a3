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

/** Obeys commands: decides on what has happened, and appends what happens now. */
@Component
class ReadingCommandHandler {

	private static final int MAX_ATTEMPTS = 20;

	private final EventLog log;

	private final ReadingStateCache stateCache;

	private final KeyedSerialExecutor executor;

	private final Clock clock;

	ReadingCommandHandler(EventLog log, ReadingStateCache states, KeyedSerialExecutor turns, Clock clock) {
		this.log = log;
		this.stateCache = states;
		this.executor = turns;
		this.clock = clock;
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @param keeping how the answer is kept
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if there are too many, with {@link DuplicateCommandException} if it was obeyed
	 * before
	 */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition condition, CommandFactory order,
			IdempotencyRecordFactory<CommandResult> keeping) {
		String stream = reading.toString();
		Mono<CommandResult> attempt = Mono.defer(() -> handle(stream, condition, order.create(now()), keeping));
		return this.executor
			.runExclusively(stream,
					attempt.retryWhen(Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(5))
						.maxBackoff(Duration.ofMillis(200))
						.filter(VersionConflictException.class::isInstance)
						.onRetryExhaustedThrow((_, _) -> KeyedSerialExecutor.overloaded())))
			.onErrorMap(AppendQueueFullException.class,
					(_) -> unavailable("Too many commands are waiting to be stored. Try again in a moment."));
	}

	/** Obey an order that is the same when it is repeated, and needs no key. */
	Mono<CommandResult> handle(UUID reading, ReadingPrecondition condition, CommandFactory order) {
		return handle(reading, condition, order, (_, _) -> null);
	}

	/**
	 * What is remembered is enough to make something happen: the log sees whether it is
	 * old. A refusal nobody would see through, so that takes what is in the log.
	 */
	private Mono<CommandResult> handle(String stream, ReadingPrecondition condition, ReadingCommand command,
			IdempotencyRecordFactory<CommandResult> keeping) {
		return Mono.justOrEmpty(this.stateCache.cached(stream))
			.map((state) -> decide(command, condition, state))
			.filter((decided) -> !decided.events().isEmpty())
			.onErrorComplete(Problem.class)
			.switchIfEmpty(this.stateCache.load(stream).map((state) -> decide(command, condition, state)))
			.flatMap((decided) -> append(stream, command, decided, keeping));
	}

	private static PendingAppend decide(ReadingCommand command, ReadingPrecondition condition, ReadingState before) {
		// Of somebody else's reading not even its version is told.
		if (!(before.reading() instanceof Started begun) || begun.open().reader().equals(command.reader())) {
			condition.check(before);
		}
		return switch (ReadingDecider.decide(command, before.reading())) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
			case Accepted accepted -> new PendingAppend(before, accepted.events());
		};
	}

	private Mono<CommandResult> append(String stream, ReadingCommand command, PendingAppend decided,
			IdempotencyRecordFactory<CommandResult> keeping) {
		ReadingState before = decided.before();
		IdempotencyRecord receipt = keeping.create(retention(command),
				(appended) -> CommandResult.of(before, appended));
		if (decided.events().isEmpty() && receipt == null) {
			return this.log.cursor().map((now) -> CommandResult.of(before, new AppendResult(now, List.of())));
		}
		return this.log.append(stream, before.version(), decided.newEvents(command.reader()), receipt)
			.map((appended) -> CommandResult.of(before, appended))
			.doOnNext((outcome) -> this.stateCache.put(stream, outcome.after()))
			.doOnError((_) -> this.stateCache.invalidate(stream));
	}

	/** A device may have been offline for as long as it likes; null for ever. */
	private static @Nullable Duration retention(ReadingCommand command) {
		return (command instanceof ReportPosition) ? null : IdempotencyRecordFactory.DEFAULT_RETENTION;
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/**
	 * What a command is to lead to.
	 *
	 * @param before what it was decided on
	 * @param events none if the command is in effect already
	 */
	private record PendingAppend(ReadingState before, List<ReadingEvent> events) {

		List<NewEvent> newEvents(String reader) {
			return this.events.stream()
				.map((event) -> new NewEvent(reader, book(event), event.occurredAt(), event))
				.toList();
		}

		private String book(ReadingEvent event) {
			return switch (this.before.reading()) {
				case Started begun -> begun.open().book().id();
				case NotStarted _ when event instanceof ReadingStarted started -> started.book().id();
				case NotStarted _ -> throw new IllegalStateException("A reading begins by being started");
			};
		}

	}

}
