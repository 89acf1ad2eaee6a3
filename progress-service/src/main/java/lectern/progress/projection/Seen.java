package lectern.progress.projection;

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
public class Seen {

	/** The parameter that says what was seen. */
	public static final String PARAMETER = "seen";

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final EventLog log;

	public Seen(EventLog log) {
		this.log = log;
	}

	/**
	 * Wait for a cursor.
	 * @param text as it was sent; null not to wait
	 * @param view that is to show it
	 * @return cold; fails with a {@link Problem} for what is no cursor of this log, and
	 * when the wait takes too long
	 */
	public Mono<Void> await(@Nullable String text, ProjectionRunner view) {
		if (text == null) {
			return Mono.empty();
		}
		Cursor cursor = Cursor.parse(text).orElseThrow(Seen::foreign);
		return this.log.cursor()
			.filter((now) -> now.epoch().equals(cursor.epoch()))
			.switchIfEmpty(Mono.error(Seen::foreign))
			.flatMap((_) -> view.reached(cursor.position()).timeout(PATIENCE, Mono.error(Seen::behind)));
	}

	private static Problem foreign() {
		return Problem.parameter(PARAMETER, "is not a cursor of this log");
	}

	private static Problem behind() {
		return Problem.of(ProblemType.UNAVAILABLE, "This view does not show that cursor yet.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
