package lectern.streaming.log;

import reactor.core.publisher.Mono;

/** Signals that a log may have grown, so that its followers read it again. */
@FunctionalInterface
public interface ChangeSignal {

	/**
	 * The next signal after this call. Call this before reading the log: a commit that
	 * the read just missed then completes it.
	 * @return hot; completes at the latest after an interval of the implementation, with
	 * or without a change; never fails
	 */
	Mono<Void> next();

}
