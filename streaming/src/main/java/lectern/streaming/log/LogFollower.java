package lectern.streaming.log;

import java.util.List;

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

	public LogFollower(EventReader<E> eventReader, ChangeSignal changeSignal) {
		this.eventReader = eventReader;
		this.changeSignal = changeSignal;
	}

	/**
	 * Follow the log.
	 * @param position the first emitted event is the one after this position
	 * @return cold, never completes, reads one page per request; a page is empty if the
	 * log has no new event; fails with the error of the storage, and can then be
	 * subscribed to again from the last position seen
	 */
	public Flux<List<EventEnvelope<E>>> after(long position) {
		return Flux.defer(() -> {
			Progress progress = new Progress(position);
			return Mono.defer(() -> nextPage(progress)).repeat();
		});
	}

	/**
	 * One page, after the next signal if the one before had reached the end of the log. A
	 * page that is not full had reached the end of the log, so the next one is read only
	 * after a signal.
	 */
	private Mono<List<EventEnvelope<E>>> nextPage(Progress progress) {
		Mono<Void> changed = progress.changed;
		progress.changed = Mono.empty();
		return changed.then(Mono.defer(() -> readPage(progress)));
	}

	private Mono<List<EventEnvelope<E>>> readPage(Progress progress) {
		// Taken before reading, so that no commit is missed in between.
		Mono<Void> changed = this.changeSignal.next();
		return this.eventReader.read(progress.position, Long.MAX_VALUE, PAGE_SIZE).collectList().doOnNext((page) -> {
			if (page.size() < PAGE_SIZE) {
				progress.changed = changed;
			}
			if (!page.isEmpty()) {
				progress.position = page.getLast().position();
			}
		});
	}

	/** How far one subscriber has followed the log; used by one step after another. */
	private static final class Progress {

		/** The last position seen. */
		private long position;

		/** What to wait for before the next page is read. */
		private Mono<Void> changed = Mono.empty();

		Progress(long position) {
			this.position = position;
		}

	}

}
