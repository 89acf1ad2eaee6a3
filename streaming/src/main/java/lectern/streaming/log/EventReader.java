package lectern.streaming.log;

import reactor.core.publisher.Flux;

/** Reads committed events by position. */
@FunctionalInterface
public interface EventReader<E> {

	/**
	 * Read a range of committed events in order.
	 * @param after the position before the first event to read
	 * @param upTo the last position to read
	 * @param limit the largest number of events; fewer are emitted only at the end of the
	 * range
	 * @return cold; fails with the error of the storage
	 */
	Flux<EventEnvelope<E>> read(long after, long upTo, int limit);

}
