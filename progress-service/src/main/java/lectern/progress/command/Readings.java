package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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
import lectern.progress.log.StoredEvent;
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

/** Obeys commands: loads what has happened, decides, and appends what happens now. */
@Component
class Readings {

	private static final int ATTEMPTS = 20;

	private final EventLog log;

	private final Turns turns;

	private final Clock clock;

	Readings(EventLog log, Turns turns, Clock clock) {
		this.log = log;
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
		return this.turns
			.take(stream,
					Mono.defer(() -> this.log.load(stream).collectList())
						.flatMap((past) -> obey(stream, condition, order.command(now(), past), past, keeping))
						.retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
							.maxBackoff(Duration.ofMillis(200))
							.filter(VersionConflict.class::isInstance)
							.onRetryExhaustedThrow((_, _) -> Turns.crowded())))
			.onErrorMap(LogBusy.class, (_) -> busy("Too much is being written at once."));
	}

	/** Obey an order that is the same when it is repeated, and needs no key. */
	Mono<Outcome> obey(UUID reading, Condition condition, Order order) {
		return obey(reading, condition, order, (_, _) -> null);
	}

	private Mono<Outcome> obey(String stream, Condition condition, ReadingCommand command, List<StoredEvent> past,
			Keeping<Outcome> keeping) {
		Reading reading = Folding.of(past);
		// Of somebody else's reading not even its version is told.
		if (!(reading instanceof Begun begun) || begun.open().reader().equals(command.reader())) {
			condition.check(past);
		}
		return switch (ReadingDecider.decide(command, reading)) {
			case Rejection rejection -> Mono.error(Rejections.problem(rejection));
			case Accepted accepted -> append(stream, past, events(command.reader(), accepted, reading),
					keeping.receipt(keptFor(command), (appended) -> outcome(past, appended)));
		};
	}

	private Mono<Outcome> append(String stream, List<StoredEvent> past, List<NewEvent> events,
			@Nullable Receipt receipt) {
		if (events.isEmpty() && receipt == null) {
			return this.log.cursor().map((now) -> outcome(past, new Appended(now, List.of())));
		}
		return this.log.append(stream, past.size(), events, receipt).map((appended) -> outcome(past, appended));
	}

	private static Outcome outcome(List<StoredEvent> past, Appended appended) {
		List<StoredEvent> events = Stream.concat(past.stream(), appended.events().stream()).toList();
		return new Outcome(appended.cursor().at(events.getLast().position()), events, !appended.events().isEmpty());
	}

	/** A device may have been offline for as long as it likes; null for ever. */
	private static @Nullable Duration keptFor(ReadingCommand command) {
		return (command instanceof ReportPosition) ? null : Keeping.WEEK;
	}

	private static List<NewEvent> events(String reader, Accepted accepted, Reading reading) {
		return accepted.events()
			.stream()
			.map((event) -> new NewEvent(reader, book(event, reading), event.occurredAt(), event))
			.toList();
	}

	private static String book(ReadingEvent event, Reading reading) {
		return switch (reading) {
			case Begun begun -> begun.open().book().id();
			case NothingYet _ when event instanceof ReadingStarted started -> started.book().id();
			case NothingYet _ -> throw new IllegalStateException("A reading begins by being started");
		};
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem busy(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
