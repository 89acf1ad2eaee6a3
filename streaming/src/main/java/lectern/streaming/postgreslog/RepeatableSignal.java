package lectern.streaming.postgreslog;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A repeatable notification for any number of subscribers. Take {@link #nextChange()}
 * before reading the state that changes: then no change is missed between reading and
 * waiting.
 */
final class RepeatableSignal {

	private volatile Sinks.Empty<Void> nextChange = Sinks.empty();

	/** Completes at the first {@link #notifyChange()} after this call; never fails. */
	Mono<Void> nextChange() {
		return this.nextChange.asMono();
	}

	/** Complete the present {@link #nextChange()}; on any thread. */
	void notifyChange() {
		Sinks.Empty<Void> current;
		synchronized (this) {
			current = this.nextChange;
			this.nextChange = Sinks.empty();
		}
		current.tryEmitEmpty();
	}

}
