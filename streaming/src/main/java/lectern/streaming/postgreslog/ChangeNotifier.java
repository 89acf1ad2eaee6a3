package lectern.streaming.postgreslog;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Something that happens again and again, and that any number may wait for. Take
 * {@link #nextChange()} before looking at what it tells of: then nothing is missed
 * between looking and waiting.
 */
final class ChangeNotifier {

	private volatile Sinks.Empty<Void> nextChange = Sinks.empty();

	/** Completes the next time it is raised after this call; never fails. */
	Mono<Void> nextChange() {
		return this.nextChange.asMono();
	}

	void notifyChange() {
		Sinks.Empty<Void> raised;
		synchronized (this) {
			raised = this.nextChange;
			this.nextChange = Sinks.empty();
		}
		raised.tryEmitEmpty();
	}

}
