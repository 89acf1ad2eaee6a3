package lectern.streaming;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events of a stream come from: a log, or another service's stream of it. */
public interface Origin<E> {

	/** The cursor of the last committed event; cold, fails while it cannot be told. */
	Mono<Cursor> head();

	/**
	 * The cursor of the last event received at an instant or before.
	 * @return cold; the beginning of the log if there is none
	 */
	Mono<Cursor> at(Instant instant);

	/**
	 * Every committed event after a cursor, once, in order.
	 * @return cold, without end; pages are never empty; fails with a {@link LogReplaced}
	 * when the cursor's log is no more, else with what passes: then it may be followed
	 * again from the last event seen
	 */
	Flux<List<Entry<E>>> after(Cursor cursor);

	/** Another log stands where the cursor's was. */
	final class LogReplaced extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public LogReplaced() {
			super("The log is another one", null, false, false);
		}

	}

}
