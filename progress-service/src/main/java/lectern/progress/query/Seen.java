package lectern.progress.query;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.streaming.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;

/** Makes a read wait until its view shows what the reader has seen elsewhere. */
@Component
class Seen {

	static final String PARAMETER = "seen";

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final EventLog log;

	private final ProjectionRunner projection;

	Seen(EventLog log, ProjectionRunner projection) {
		this.log = log;
		this.projection = projection;
	}

	/**
	 * Wait for a cursor.
	 * @param text as it was sent; null not to wait
	 * @return cold; fails with a {@link Problem} for what is no cursor of this log, and
	 * when the wait takes too long
	 */
	Mono<Void> await(@Nullable String text) {
		if (text == null) {
			return Mono.empty();
		}
		Cursor cursor = Cursor.parse(text).orElseThrow(Seen::foreign);
		return this.log.cursor()
			.filter((now) -> now.epoch().equals(cursor.epoch()))
			.switchIfEmpty(Mono.error(Seen::foreign))
			.flatMap((_) -> this.projection.reached(cursor.position()).timeout(PATIENCE, Mono.error(Seen::behind)));
	}

	private static Problem foreign() {
		return Problem.parameter(PARAMETER, "is not a cursor of this log");
	}

	private static Problem behind() {
		return Problem.of(ProblemType.UNAVAILABLE, "This view does not show that cursor yet.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
