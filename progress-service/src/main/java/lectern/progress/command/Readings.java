package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.NewEvent;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.VersionConflict;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Begun;
import lectern.progress.model.Reading.NothingYet;
import lectern.progress.model.Reading;
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

	private final Clock clock;

	Readings(EventLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if others kept coming in between
	 */
	Mono<Outcome> obey(UUID reading, Condition condition, Order order) {
		String stream = reading.toString();
		return Mono.defer(() -> this.log.load(stream).collectList())
			.flatMap((past) -> obey(stream, condition, order.command(now(), past), past))
			.retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
				.maxBackoff(Duration.ofMillis(200))
				.filter(VersionConflict.class::isInstance)
				.onRetryExhaustedThrow((_, _) -> crowded()));
	}

	private Mono<Outcome> obey(String stream, Condition condition, ReadingCommand command, List<StoredEvent> past) {
		Reading reading = Folding.of(past);
		// Of somebody else's reading not even its version is told.
		if (!(reading instanceof Begun begun) || begun.open().reader().equals(command.reader())) {
			condition.check(past);
		}
		return switch (ReadingDecider.decide(command, reading)) {
			case Rejection rejection -> Mono.error(Rejections.problem(rejection));
			case Accepted accepted when accepted.events().isEmpty() ->
				this.log.cursor().map((now) -> new Outcome(now.at(past.getLast().position()), past, false));
			case Accepted accepted -> append(stream, past, events(command.reader(), accepted, reading));
		};
	}

	private Mono<Outcome> append(String stream, List<StoredEvent> past, List<NewEvent> events) {
		return this.log.append(stream, past.size(), events)
			.map((appended) -> new Outcome(appended.cursor(),
					Stream.concat(past.stream(), appended.events().stream()).toList(), true));
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

	private static Problem crowded() {
		return Problem.of(ProblemType.UNAVAILABLE, "Too much is being changed in this reading at once.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
