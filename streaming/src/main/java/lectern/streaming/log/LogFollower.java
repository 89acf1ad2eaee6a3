package lectern.streaming.log;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows a log: emits every committed event once, in order, and waits for more at its
 * end.
 */
public final class LogFollower<E> {

	private static final int PAGE_SIZE = 256;

	private final EventReader<E> eventReader;

	private final ChangeSignal changeSignal;

	private final int pageSize;

	public LogFollower(EventReader<E> eventReader, ChangeSignal changeSignal) {
		this(eventReader, changeSignal, PAGE_SIZE);
	}

	/**
	 * @param pageSize the largest number of events read at once
	 */
	public LogFollower(EventReader<E> eventReader, ChangeSignal changeSignal, int pageSize) {
		this.eventReader = eventReader;
		this.changeSignal = changeSignal;
		this.pageSize = pageSize;
	}

	/**
	 * Follow the log.
	 * @param position the first emitted event is the one after this position
	 * @return cold, never completes, reads one page per request; pages are never empty;
	 * fails with the error of the storage, and can then be subscribed to again from the
	 * last position seen
	 */
	public Flux<List<EventEnvelope<E>>> after(long position) {
		return Flux.defer(() -> {
			AtomicLong lastPosition = new AtomicLong(position);
			return Mono.defer(() -> nextPage(lastPosition)).repeat();
		});
	}

	/** One page, or empty after the next signal if the log has no new event. */
	private Mono<List<EventEnvelope<E>>> nextPage(AtomicLong lastPosition) {
		Mono<Void> changed = this.changeSignal.next();
		return this.eventReader.read(lastPosition.get(), Long.MAX_VALUE, this.pageSize)
			.collectList()
			.flatMap((page) -> {
				if (page.isEmpty()) {
					return changed.then(Mono.empty());
				}
				lastPosition.set(page.getLast().position());
				return Mono.just(page);
			});
	}

}
