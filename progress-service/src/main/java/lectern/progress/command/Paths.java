package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.NewEvent;
import lectern.progress.log.VersionConflict;
import lectern.progress.model.PathCommand;
import lectern.progress.model.PathDecider;
import lectern.progress.model.PathDecision.Accepted;
import lectern.progress.model.PathRejection;
import lectern.progress.path.PathStream;
import lectern.progress.path.Standing;
import lectern.progress.path.Standings;
import lectern.streaming.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;

/** Obeys commands on paths: finds out how the reader stands, decides, and appends. */
@Component
class Paths {

	private static final int ATTEMPTS = 20;

	private final EventLog log;

	private final Standings standings;

	private final Clock clock;

	Paths(EventLog log, Standings standings, Clock clock) {
		this.log = log;
		this.standings = standings;
		this.clock = clock;
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @param condition throws a {@link Problem} at a standing that the order is not for
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if others kept coming in between
	 */
	Mono<PathOutcome> obey(PathStream stream, Consumer<Standing> condition, PathOrder order) {
		// The cursor is asked for first: what is shown then is at least as new.
		return this.log.cursor()
			.flatMap((cursor) -> this.standings.now(stream)
				.doOnNext(condition)
				.flatMap((standing) -> obey(order.command(now(), standing), standing, cursor)))
			.retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
				.maxBackoff(Duration.ofMillis(200))
				.filter(VersionConflict.class::isInstance)
				.onRetryExhaustedThrow((_, _) -> crowded()));
	}

	private Mono<PathOutcome> obey(PathCommand command, Standing standing, Cursor before) {
		return switch (PathDecider.decide(command, standing.progress())) {
			case PathRejection rejection -> Mono.error(PathRejections.problem(rejection));
			case Accepted accepted when accepted.events().isEmpty() ->
				Mono.just(new PathOutcome(before, standing, false));
			case Accepted accepted -> append(command.reader(), accepted, standing);
		};
	}

	private Mono<PathOutcome> append(String reader, Accepted accepted, Standing standing) {
		List<NewEvent> events = accepted.events()
			.stream()
			.map((event) -> new NewEvent(reader, null, event.occurredAt(), event))
			.toList();
		return this.log.append(standing.stream().toString(), standing.events().size(), events)
			.map((appended) -> new PathOutcome(appended.cursor(), standing.after(appended.events()), true));
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem crowded() {
		return Problem.of(ProblemType.UNAVAILABLE, "Too much is being changed on this path at once.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
