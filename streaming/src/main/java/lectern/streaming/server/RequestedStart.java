package lectern.streaming.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseClient;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request asks its stream to start.
 *
 * @param text as the request has it; null if it does not ask
 * @param mayBeRejected whether an error response is possible: a client that resumes would
 * give up for good, so it gets a {@code reset} instead
 */
public record RequestedStart(@Nullable String text, boolean mayBeRejected) {

	/** The query parameter with the start of a first request. */
	public static final String AFTER = "after";

	/** The query parameter of clients that cannot set the header, for resuming. */
	public static final String LAST_EVENT_ID = "lastEventId";

	/** Starts at the first event. */
	private static final String BEGINNING = "start";

	private static final String UNREADABLE = "unreadable";

	/** The largest difference expected between the clocks of two machines. */
	private static final Duration CLOCK_MARGIN = Duration.ofSeconds(2);

	/**
	 * Read the start from a request: the header {@code Last-Event-ID}, else
	 * {@code ?lastEventId=}, else {@code ?after=}, else none. An empty value is none.
	 * @throws Problem 400 if {@code after} is malformed or an instant in the future
	 */
	public static RequestedStart of(ServerHttpRequest request) {
		String lastId = lastEventId(request);
		if (lastId != null) {
			return new RequestedStart(lastId, false);
		}
		String after = nonEmpty(request.getQueryParams().getFirst(AFTER));
		RequestedStart start = new RequestedStart(after, after != null);
		if (after != null && !start.isReadable()) {
			throw Problem.invalidParameter(AFTER,
					"must be a cursor, an instant such as 2026-01-31T12:00:00Z, or start");
		}
		if (start.isInFuture()) {
			throw inFuture();
		}
		return start;
	}

	/**
	 * The id from which a request resumes; null if it does not resume. It can be sent as
	 * a header: a text that no id contains is replaced by one that is not readable
	 * either.
	 */
	public static @Nullable String lastEventId(ServerHttpRequest request) {
		String header = nonEmpty(request.getHeaders().getFirst(SseClient.LAST_EVENT_ID));
		String id = (header != null) ? header : nonEmpty(request.getQueryParams().getFirst(LAST_EVENT_ID));
		return (id == null || isPrintable(id)) ? id : UNREADABLE;
	}

	private static boolean isPrintable(String text) {
		return text.chars().allMatch((character) -> character > ' ' && character < 127);
	}

	private static @Nullable String nonEmpty(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

	/** The problem of an {@code after} that has not happened yet. */
	public static Problem inFuture() {
		return Problem.invalidParameter(AFTER, "is in the future");
	}

	/** Whether the stream starts with the first event of the log. */
	public boolean isBeginning() {
		return BEGINNING.equals(this.text)
				|| instant().filter((instant) -> instant.isBefore(Instant.EPOCH)).isPresent();
	}

	/** The cursor to start after; empty if the request has none. */
	public Optional<Cursor> cursor() {
		return Optional.ofNullable(this.text).flatMap(Cursor::parse);
	}

	/** The instant to start after; empty if the request has none. */
	public Optional<Instant> instant() {
		try {
			return Optional.ofNullable(this.text).map(Instant::parse);
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	/** Whether the text can be understood, whatever the log contains. */
	private boolean isReadable() {
		return BEGINNING.equals(this.text) || cursor().isPresent() || instant().isPresent();
	}

	/** Whether this is an instant in the future, by more than clocks differ. */
	public boolean isInFuture() {
		return instant().filter((instant) -> instant.isAfter(Instant.now().plus(CLOCK_MARGIN))).isPresent();
	}

	/**
	 * The start of a stream that begins before its log can be read. Without a request for
	 * another start it is the present less two seconds, so that no event is lost if the
	 * clock of the log is behind.
	 */
	public RequestedStart resumable() {
		return new RequestedStart((this.text != null) ? this.text
				: Instant.now().minus(CLOCK_MARGIN).truncatedTo(ChronoUnit.MILLIS).toString(), false);
	}

	/**
	 * The id of a stream that begins here.
	 * @return null if a client must not resume from the text
	 */
	public @Nullable String id() {
		return isReadable() ? this.text : null;
	}

}
