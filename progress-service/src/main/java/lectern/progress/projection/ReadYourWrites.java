package lectern.progress.projection;

import java.time.Duration;

import lectern.progress.eventlog.EventLog;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes a read wait until its projection has applied a cursor that the client knows. */
@Component
public class ReadYourWrites {

	/** The query parameter with that cursor. */
	public static final String PARAMETER = "seen";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final EventLog log;

	private final ProjectionRunner runner;

	public ReadYourWrites(EventLog log, ProjectionRunner projectionRunner) {
		this.log = log;
		this.runner = projectionRunner;
	}

	/**
	 * Wait for the cursor that the parameter names.
	 * @param query collects an invalid cursor
	 * @param projection as below
	 * @return cold; fails as below
	 */
	public Mono<Void> await(QueryParameters query, String projection) {
		return query.collect(Mono.defer(() -> await(query.text(PARAMETER), projection)));
	}

	/**
	 * Wait for a cursor. The head of the log is read from the database, which every node
	 * writes before it tells a cursor to anybody; a cursor beyond it was made up.
	 * @param text the value of the parameter; null not to wait
	 * @param projection the name of the projection that must reach the cursor
	 * @return cold; fails with a {@link Problem} if the text is not a cursor of this log,
	 * and after a timeout of 2 s
	 */
	public Mono<Void> await(@Nullable String text, String projection) {
		if (text == null) {
			return Mono.empty();
		}
		Cursor cursor = Cursor.parse(text).orElseThrow(ReadYourWrites::invalidCursor);
		return this.log.cursor()
			.filter((now) -> now.epoch().equals(cursor.epoch()) && cursor.position() <= now.position())
			.switchIfEmpty(Mono.error(ReadYourWrites::invalidCursor))
			.flatMap((_) -> this.runner.reached(projection, cursor.position())
				.timeout(TIMEOUT, Mono.error(ReadYourWrites::notCaughtUp)));
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
