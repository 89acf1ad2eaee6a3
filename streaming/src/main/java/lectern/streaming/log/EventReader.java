package lectern.streaming.log;

import reactor.core.publisher.Flux;

/** Where committed events are read from. */
@FunctionalInterface
public interface EventReader<E> {

	/**
	 * The committed events after one position up to another, in order.
	 * @param after the position before the first event wanted
	 * @param upTo the position of the last event that may be given
	 * @param limit how many at the most; fewer only when there are no more
	 * @return cold; fails with what the storage says
	 */
	Flux<EventEnvelope<E>> read(long after, long upTo, int limit);

}
