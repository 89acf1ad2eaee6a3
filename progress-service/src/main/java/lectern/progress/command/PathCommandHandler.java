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

/** Obeys commands on paths: finds out how the reader stands, decides, and appends. */
@Component
class PathCommandHandler {

	private static final int MAX_ATTEMPTS = 20;

	private final EventLog log;

	private final PathStates pathStates;

	private final Clock clock;

	PathCommandHandler(EventLog log, PathStates standings, Clock clock) {
		this.log = log;
		this.pathStates = standings;
		this.clock = clock;
	}

	/** Obey an order that is the same when it is repeated, and needs no key. */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> condition, PathCommandFactory order) {
		return handle(stream, condition, order, (_, _) -> null);
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @param condition throws a {@link Problem} at a standing that the order is not for
	 * @param keeping how the answer is kept
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if there are too many, with {@link DuplicateCommandException} if it was obeyed
	 * before
	 */
	Mono<PathCommandResult> handle(PathStreamId stream, Consumer<PathState> condition, PathCommandFactory order,
			IdempotencyRecordFactory<PathCommandResult> keeping) {
		// The cursor is asked for first: what is shown then is at least as new.
		return this.log.cursor()
			.flatMap((cursor) -> this.pathStates.current(stream)
				.doOnNext(condition)
				.flatMap((standing) -> handle(order.create(now(), standing), standing, cursor, keeping)))
			.retryWhen(Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(5))
				.maxBackoff(Duration.ofMillis(200))
				.filter(VersionConflictException.class::isInstance)
				.onRetryExhaustedThrow((_, _) -> unavailable(
						"There are too many concurrent changes to this path. Try again in a moment.")))
			.onErrorMap(AppendQueueFullException.class,
					(_) -> unavailable("Too many commands are waiting to be stored. Try again in a moment."));
	}

	private Mono<PathCommandResult> handle(PathCommand command, PathState standing, Cursor before,
			IdempotencyRecordFactory<PathCommandResult> keeping) {
		return switch (PathDecider.decide(command, standing.progress())) {
			case PathRejection rejection -> Mono.error(PathRejections.toProblem(rejection));
			case Accepted accepted -> append(events(command.reader(), accepted), standing, before, keeping
				.create(IdempotencyRecordFactory.DEFAULT_RETENTION, (appended) -> result(appended, standing, before)));
		};
	}

	private static List<NewEvent> events(String reader, Accepted accepted) {
		return accepted.events()
			.stream()
			.map((event) -> new NewEvent(reader, null, event.occurredAt(), event))
			.toList();
	}

	private Mono<PathCommandResult> append(List<NewEvent> events, PathState standing, Cursor before,
			@Nullable IdempotencyRecord receipt) {
		if (events.isEmpty() && receipt == null) {
			return Mono.just(new PathCommandResult(before, standing, false));
		}
		return this.log.append(standing.stream().toString(), standing.events().size(), events, receipt)
			.map((appended) -> result(appended, standing, before));
	}

	private static PathCommandResult result(AppendResult appended, PathState standing, Cursor before) {
		return appended.events().isEmpty() ? new PathCommandResult(before, standing, false)
				: new PathCommandResult(appended.cursor(), standing.withEvents(appended.events()), true);
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
