package lectern.progress.projection;

import java.time.Duration;
import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import reactor.core.publisher.Mono;

/** A view of the log that is kept by being told every event. */
public interface Projection {

	/** The name its cursor is stored under. */
	String name();

	/**
	 * How long it may rest after it has taken something in: under load it takes in many
	 * events at once then, which costs hardly more than one. A first event after silence
	 * does not wait for that, and who is further behind than this does not rest.
	 */
	default Duration throttle() {
		return Duration.ZERO;
	}

	/**
	 * Take in events, in the order of the log. An event taken in before changes nothing.
	 * @return cold; run in the transaction that stores the cursor
	 */
	Mono<Void> apply(List<StoredEvent> events);

	/**
	 * Take in that nothing has come for some seconds.
	 * @return cold; run in a transaction with the cursor locked
	 */
	default Mono<Void> onIdle() {
		return Mono.empty();
	}

}
