package lectern.progress.projection;

import java.time.Duration;
import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import reactor.core.publisher.Mono;

/** A read model that is updated by applying every event of the log. */
public interface Projection {

	/** The name under which the position is stored; also the tag of its lag meter. */
	String name();

	/**
	 * The pause after each update. Under load many events are then applied at once, which
	 * costs little more than one event. The first event after a quiet time does not wait,
	 * and there is no pause while the projection is further behind than this duration.
	 */
	default Duration throttle() {
		return Duration.ZERO;
	}

	/**
	 * Apply events, in the order of the log. Applying an event again must change nothing.
	 * @return cold; run in the transaction that stores the position
	 */
	Mono<Void> apply(List<StoredEvent> events);

	/**
	 * Called after no event has been received for some seconds.
	 * @return cold; run in a transaction in which the position is locked
	 */
	default Mono<Void> onIdle() {
		return Mono.empty();
	}

}
