package lectern.streaming.postgres;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Something that happens again and again, and that any number may wait for. Take
 * {@link #next()} before looking at what it tells of: then nothing is missed between
 * looking and waiting.
 */
final class Signal {

	private volatile Sinks.Empty<Void> next = Sinks.empty();

	/** Completes the next time it is raised after this call; never fails. */
	Mono<Void> next() {
		return this.next.asMono();
	}

	void raise() {
		Sinks.Empty<Void> raised;
		synchronized (this) {
			raised = this.next;
			this.next = Sinks.empty();
		}
		raised.tryEmitEmpty();
	}

}
