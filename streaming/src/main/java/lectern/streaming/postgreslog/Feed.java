package lectern.streaming.postgreslog;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A log, followed: every committed event once, in order, for as long as it is wanted.
 */
public final class Feed<E> {

	private static final int PAGE_SIZE = 256;

	private final EventReader<E> eventReader;

	private final LogNotifications notifications;

	private final int pageSize;

	public Feed(EventReader<E> source, LogNotifications wakeups) {
		this(source, wakeups, PAGE_SIZE);
	}

	/**
	 * @param page how many events are read at once, if there are so many
	 */
	public Feed(EventReader<E> source, LogNotifications wakeups, int page) {
		this.eventReader = source;
		this.notifications = wakeups;
		this.pageSize = page;
	}

	/**
	 * Follow the log.
	 * @param position where to begin: the first event given is the one after it
	 * @return cold, without end, read page by page as it is asked for; pages are never
	 * empty; fails with what the storage says, and may be followed again from the last
	 * position seen
	 */
	public Flux<List<EventEnvelope<E>>> after(long position) {
		return Flux.defer(() -> {
			AtomicLong seen = new AtomicLong(position);
			return Mono.defer(() -> nextPage(seen)).repeat();
		});
	}

	/** A page, or nothing once the log may have grown. */
	private Mono<List<EventEnvelope<E>>> nextPage(AtomicLong seen) {
		Mono<Void> woken = this.notifications.next();
		return this.eventReader.read(seen.get(), Long.MAX_VALUE, this.pageSize).collectList().flatMap((page) -> {
			if (page.isEmpty()) {
				return woken.then(Mono.empty());
			}
			seen.set(page.getLast().position());
			return Mono.just(page);
		});
	}

}
