package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

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

	/** Obey an order that is the same when it is repeated, and needs no key. */
	Mono<PathOutcome> obey(PathStream stream, Consumer<Standing> condition, PathOrder order) {
		return obey(stream, condition, order, (_, _) -> null);
	}

	/**
	 * Obey an order, deciding again when another one came in between.
	 * @param condition throws a {@link Problem} at a standing that the order is not for
	 * @param keeping how the answer is kept
	 * @return cold; fails with a {@link Problem} if the condition or a rule says no, or
	 * if there are too many, with {@link KeyTaken} if it was obeyed before
	 */
	Mono<PathOutcome> obey(PathStream stream, Consumer<Standing> condition, PathOrder order,
			Keeping<PathOutcome> keeping) {
		// The cursor is asked for first: what is shown then is at least as new.
		return this.log.cursor()
			.flatMap((cursor) -> this.standings.now(stream)
				.doOnNext(condition)
				.flatMap((standing) -> obey(order.command(now(), standing), standing, cursor, keeping)))
			.retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
				.maxBackoff(Duration.ofMillis(200))
				.filter(VersionConflict.class::isInstance)
				.onRetryExhaustedThrow((_, _) -> busy("Too much is being changed on this path at once.")))
			.onErrorMap(LogBusy.class, (_) -> busy("Too much is being written at once."));
	}

	private Mono<PathOutcome> obey(PathCommand command, Standing standing, Cursor before,
			Keeping<PathOutcome> keeping) {
		return switch (PathDecider.decide(command, standing.progress())) {
			case PathRejection rejection -> Mono.error(PathRejections.problem(rejection));
			case Accepted accepted -> append(events(command.reader(), accepted), standing, before,
					keeping.receipt(Keeping.WEEK, (appended) -> outcome(appended, standing, before)));
		};
	}

	private static List<NewEvent> events(String reader, Accepted accepted) {
		return accepted.events()
			.stream()
			.map((event) -> new NewEvent(reader, null, event.occurredAt(), event))
			.toList();
	}

	private Mono<PathOutcome> append(List<NewEvent> events, Standing standing, Cursor before,
			@Nullable Receipt receipt) {
		if (events.isEmpty() && receipt == null) {
			return Mono.just(new PathOutcome(before, standing, false));
		}
		return this.log.append(standing.stream().toString(), standing.events().size(), events, receipt)
			.map((appended) -> outcome(appended, standing, before));
	}

	private static PathOutcome outcome(Appended appended, Standing standing, Cursor before) {
		return appended.events().isEmpty() ? new PathOutcome(before, standing, false)
				: new PathOutcome(appended.cursor(), standing.after(appended.events()), true);
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Problem busy(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
