package lectern.streaming.log;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events of a stream come from: a log, or another service's stream of it. */
public interface EventOrigin<E> {

	/** The cursor of the last committed event; cold, fails while it cannot be told. */
	Mono<Cursor> head();

	/**
	 * The cursor of the last event received at an instant or before.
	 * @return cold; the beginning of the log if there is none
	 */
	Mono<Cursor> cursorAt(Instant instant);

	/**
	 * Every committed event after a cursor, once, in order.
	 * @return cold, without end; pages are never empty; fails with a
	 * {@link LogReplacedException} when the cursor's log is no more, else with what
	 * passes: then it may be followed again from the last event seen
	 */
	Flux<List<EventEnvelope<E>>> after(Cursor cursor);

	/** Another log stands where the cursor's was. */
	final class LogReplacedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public LogReplacedException() {
			super("The log is another one", null, false, false);
		}

	}

}
