package lectern.streaming.log;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The origin of a stream's events: a log, or another service's stream of that log. */
public interface EventOrigin<E> {

	/** The cursor of the last committed event; cold, fails while it cannot be read. */
	Mono<Cursor> head();

	/**
	 * The cursor of the last event received at or before an instant.
	 * @return cold; the beginning of the log if there is no such event
	 */
	Mono<Cursor> cursorAt(Instant instant);

	/**
	 * Every committed event after a cursor, once and in order.
	 * @return cold, never completes; a page is empty if the log was read, or its service
	 * heard of, and there is nothing new; fails with a {@link LogReplacedException} if
	 * the cursor's log no longer exists. After any other failure it can be subscribed to
	 * again from the last event seen
	 */
	Flux<List<EventEnvelope<E>>> after(Cursor cursor);

	/** The log that the cursor belongs to has been replaced by another one. */
	final class LogReplacedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public LogReplacedException() {
			super("The log has been replaced by another one", null, false, false);
		}

	}

}
