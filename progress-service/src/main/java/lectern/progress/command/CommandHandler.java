package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import lectern.progress.eventlog.AppendQueueFullException;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.ReaderErasedException;
import lectern.progress.eventlog.StreamClaim;
import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.eventlog.VersionConflictException;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * Handles commands on one kind of stream: takes the cached state or loads it, decides,
 * and appends the new events.
 *
 * <p>
 * It decides on the cached state first: if that is stale, the log rejects the new events.
 * Nothing would detect a stale state behind a rejection or an empty decision, so those
 * are decided on the state in the log (ADR 10).
 *
 * @param <K> the ids of the streams
 * @param <S> the state on which commands are decided
 * @param <C> the commands
 * @param <R> the result of a command
 */
final class CommandHandler<K, S, C, R> {

	private static final int MAX_ATTEMPTS = 20;

	private static final int FIRST_DELAY_MILLIS = 5;

	private static final int MAX_DELAY_MILLIS = 200;

	private final CommandDomain<K, S, C, R> domain;

	private final EventLog log;

	private final KeyedSerialExecutor executor;

	private final Clock clock;

	CommandHandler(CommandDomain<K, S, C, R> domain, EventLog log, KeyedSerialExecutor executor, Clock clock) {
		this.domain = domain;
		this.log = log;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Handle a command. After a version conflict it is decided again.
	 * @param factory creates the command, or throws if a precondition fails
	 * @param recordFactory how the command is remembered
	 * @return cold; fails with a {@link Problem} if the precondition or a rule rejects
	 * the command or if there are too many commands, with
	 * {@link DuplicateCommandException} if the command was handled before, and with
	 * {@link StreamClaimedException} if another stream has what it claims
	 */
	Mono<R> handle(K stream, CommandFactory<S, C> factory, IdempotencyRecordFactory<S> recordFactory) {
		return this.executor.runExclusively(stream.toString(),
				attempt(new Handling<>(stream, factory, recordFactory), 1));
	}

	private Mono<R> attempt(Handling<K, S, C> handling, int number) {
		return Mono.defer(() -> decide(handling)).onErrorResume((failure) -> afterFailure(handling, number, failure));
	}

	/** Creates operators only after a failure: most commands have one attempt. */
	private Mono<R> afterFailure(Handling<K, S, C> handling, int number, Throwable failure) {
		if (failure instanceof Problem) {
			return Mono.error(failure);
		}
		this.domain.invalidate(handling.stream());
		return switch (failure) {
			case VersionConflictException _ when number < MAX_ATTEMPTS ->
				Mono.delay(delayAfter(number)).then(attempt(handling, number + 1));
			case VersionConflictException _ -> Mono.error(KeyedSerialExecutor.overloaded());
			case AppendQueueFullException _ -> Mono.error(queueFull());
			case ReaderErasedException _ -> Mono.error(readerErased());
			default -> Mono.error(failure);
		};
	}

	/** Random, so that nodes that write to one stream do not conflict again. */
	private static Duration delayAfter(int attempt) {
		int limit = Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempt, 8));
		return Duration.ofMillis(ThreadLocalRandom.current().nextInt(FIRST_DELAY_MILLIS, limit + 1));
	}

	private Mono<R> decide(Handling<K, S, C> handling) {
		S cached = this.domain.cached(handling.stream());
		PendingAppend<S> pending = (cached != null) ? decideOnCached(handling, cached) : null;
		return (pending != null) ? append(handling, pending)
				: this.domain.load(handling.stream()).flatMap((state) -> append(handling, decide(handling, state)));
	}

	/** Return null if the decision may not be made on a state that can be stale. */
	private @Nullable PendingAppend<S> decideOnCached(Handling<K, S, C> handling, S cached) {
		try {
			PendingAppend<S> pending = decide(handling, cached);
			return pending.events().isEmpty() ? null : pending;
		}
		catch (Problem _) {
			return null;
		}
	}

	private PendingAppend<S> decide(Handling<K, S, C> handling, S state) {
		C command = handling.factory().create(now(), state);
		List<NewEvent> events = this.domain.decide(command, state);
		return new PendingAppend<>(state, events, this.domain.claim(command, state, events));
	}

	private Mono<R> append(Handling<K, S, C> handling, PendingAppend<S> pending) {
		S before = pending.before();
		IdempotencyRecord idempotencyRecord = handling.recordFactory().create(before, pending.events());
		if (pending.events().isEmpty() && idempotencyRecord == null && pending.claim() == null) {
			return this.domain.unchanged(before);
		}
		return this.log
			.append(handling.stream().toString(), this.domain.version(before), pending.events(), idempotencyRecord,
					pending.claim())
			.map((appended) -> {
				R result = this.domain.result(before, appended);
				this.domain.appended(handling.stream(), result);
				return result;
			});
	}

	/** The current time in microseconds, the precision of the log. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem queueFull() {
		return Problem.of(ProblemType.UNAVAILABLE, "Too many commands are waiting to be stored. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/** Its token was verified before the erasure. */
	static Problem readerErased() {
		return Problem.of(ProblemType.UNAUTHENTICATED, "The account does not exist any more.");
	}

	/** What stays the same for all attempts to handle a command. */
	private record Handling<K, S, C>(K stream, CommandFactory<S, C> factory,
			IdempotencyRecordFactory<S> recordFactory) {
	}

	/**
	 * A decision that is to be appended.
	 *
	 * @param before the state on which the command was decided
	 * @param events the new events; empty if the command changes nothing
	 * @param claim what is claimed with them; null for nothing
	 */
	private record PendingAppend<S>(S before, List<NewEvent> events, @Nullable StreamClaim claim) {
	}

}
