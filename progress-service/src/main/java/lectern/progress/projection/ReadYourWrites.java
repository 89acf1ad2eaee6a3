package lectern.progress.projection;

import java.time.Duration;

import lectern.progress.eventlog.EventLog;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes a read wait until its view shows what the reader has seen elsewhere. */
@Component
public class ReadYourWrites {

	/** The parameter that says what was seen. */
	public static final String PARAMETER = "seen";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final EventLog log;

	public ReadYourWrites(EventLog log) {
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
		Cursor cursor = Cursor.parse(text).orElseThrow(ReadYourWrites::invalidCursor);
		return this.log.cursor()
			.filter((now) -> now.epoch().equals(cursor.epoch()))
			.switchIfEmpty(Mono.error(ReadYourWrites::invalidCursor))
			.flatMap((_) -> view.reached(cursor.position()).timeout(TIMEOUT, Mono.error(ReadYourWrites::notCaughtUp)));
	}

	private static Problem invalidCursor() {
		return Problem.invalidParameter(PARAMETER, "is not a cursor of this log");
	}

	private static Problem notCaughtUp() {
		return Problem
			.of(ProblemType.UNAVAILABLE, "This view has not reached the requested cursor yet. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
