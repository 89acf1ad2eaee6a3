package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import lectern.progress.log.Appended;
import lectern.progress.log.EventLog;
import lectern.progress.log.KeyTaken;
import lectern.progress.log.LogBusy;
import lectern.progress.log.NewEvent;
import lectern.progress.log.Receipt;
import lectern.progress.log.VersionConflict;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Begun;
import lectern.progress.model.Reading.NothingYet;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Rejection;
import lectern.web.Problem;
import lectern.web.ProblemType;

/** Obeys commands: decides on what has happened, and appends what happens now. */
@Component
class Readings {

	private static final int ATTEMPTS = 20;

	private final EventLog log;

	private final ReadingStates states;

	private final Turns turns;

	private final Clock clock;

	Readings(EventLog log, ReadingStates states, Turns turns, Clock clock) {
		this.log = log;
		this.states = states;
		this.turns = turns;
		this.clock = clock;
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @param keeping how the answer is kept
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if there are too many, with {@link KeyTaken} if it was obeyed before
	 */
	Mono<Outcome> obey(UUID reading, Condition condition, Order order, Keeping<Outcome> keeping) {
		String stream = reading.toString();
		Mono<Outcome> attempt = Mono.defer(() -> obey(stream, condition, order.command(now()), keeping));
		return this.turns
			.take(stream,
					attempt.retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
						.maxBackoff(Duration.ofMillis(200))
						.filter(VersionConflict.class::isInstance)
						.onRetryExhaustedThrow((_, _) -> Turns.crowded())))
			.onErrorMap(LogBusy.class, (_) -> busy("Too much is being written at once."));
	}

	/** Obey an order that is the same when it is repeated, and needs no key. */
	Mono<Outcome> obey(UUID reading, Condition condition, Order order) {
		return obey(reading, condition, order, (_, _) -> null);
	}

	/**
	 * What is remembered is enough to make something happen: the log sees whether it is
	 * old. A refusal nobody would see through, so that takes what is in the log.
	 */
	private Mono<Outcome> obey(String stream, Condition condition, ReadingCommand command, Keeping<Outcome> keeping) {
		return Mono.justOrEmpty(this.states.remembered(stream))
			.map((state) -> decide(command, condition, state))
			.filter((decided) -> !decided.events().isEmpty())
			.onErrorComplete(Problem.class)
			.switchIfEmpty(this.states.load(stream).map((state) -> decide(command, condition, state)))
			.flatMap((decided) -> append(stream, command, decided, keeping));
	}

	private static Decided decide(ReadingCommand command, Condition condition, ReadingState before) {
		// Of somebody else's reading not even its version is told.
		if (!(before.reading() instanceof Begun begun) || begun.open().reader().equals(command.reader())) {
			condition.check(before);
		}
		return switch (ReadingDecider.decide(command, before.reading())) {
			case Rejection rejection -> throw Rejections.problem(rejection);
			case Accepted accepted -> new Decided(before, accepted.events());
		};
	}

	private Mono<Outcome> append(String stream, ReadingCommand command, Decided decided, Keeping<Outcome> keeping) {
		ReadingState before = decided.before();
		Receipt receipt = keeping.receipt(keptFor(command), (appended) -> Outcome.of(before, appended));
		if (decided.events().isEmpty() && receipt == null) {
			return this.log.cursor().map((now) -> Outcome.of(before, new Appended(now, List.of())));
		}
		return this.log.append(stream, before.version(), decided.newEvents(command.reader()), receipt)
			.map((appended) -> Outcome.of(before, appended))
			.doOnNext((outcome) -> this.states.remember(stream, outcome.after()))
			.doOnError((_) -> this.states.forget(stream));
	}

	/** A device may have been offline for as long as it likes; null for ever. */
	private static @Nullable Duration keptFor(ReadingCommand command) {
		return (command instanceof ReportPosition) ? null : Keeping.WEEK;
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem busy(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/**
	 * What a command is to lead to.
	 *
	 * @param before what it was decided on
	 * @param events none if the command is in effect already
	 */
	private record Decided(ReadingState before, List<ReadingEvent> events) {

		List<NewEvent> newEvents(String reader) {
			return this.events.stream()
				.map((event) -> new NewEvent(reader, book(event), event.occurredAt(), event))
				.toList();
		}

		private String book(ReadingEvent event) {
			return switch (this.before.reading()) {
				case Begun begun -> begun.open().book().id();
				case NothingYet _ when event instanceof ReadingStarted started -> started.book().id();
				case NothingYet _ -> throw new IllegalStateException("A reading begins by being started");
			};
		}

	}

}
