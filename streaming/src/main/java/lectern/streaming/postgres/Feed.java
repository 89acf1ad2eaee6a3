package lectern.streaming.postgres;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import lectern.streaming.Entry;
import lectern.streaming.EventSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A log, followed: every committed event once, in order, for as long as it is wanted.
 */
public final class Feed<E> {

	private static final int PAGE = 256;

	private final EventSource<E> source;

	private final Wakeups wakeups;

	private final int page;

	public Feed(EventSource<E> source, Wakeups wakeups) {
		this(source, wakeups, PAGE);
	}

	/**
	 * @param page how many events are read at once, if there are so many
	 */
	public Feed(EventSource<E> source, Wakeups wakeups, int page) {
		this.source = source;
		this.wakeups = wakeups;
		this.page = page;
	}

	/**
	 * Follow the log.
	 * @param position where to begin: the first event given is the one after it
	 * @return cold, without end, read page by page as it is asked for; pages are never
	 * empty; fails with what the storage says, and may be followed again from the last
	 * position seen
	 */
	public Flux<List<Entry<E>>> after(long position) {
		return Flux.defer(() -> {
			AtomicLong seen = new AtomicLong(position);
			return Mono.defer(() -> next(seen)).repeat();
		});
	}

	/** A page, or nothing once the log may have grown. */
	private Mono<List<Entry<E>>> next(AtomicLong seen) {
		Mono<Void> woken = this.wakeups.next();
		return this.source.read(seen.get(), Long.MAX_VALUE, this.page).collectList().flatMap((page) -> {
			if (page.isEmpty()) {
				return woken.then(Mono.empty());
			}
			seen.set(page.getLast().position());
			return Mono.just(page);
		});
	}

}
