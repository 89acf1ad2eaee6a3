package lectern.progress.account.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Limits how much work of one key is in progress at once. More of it waits in the order
 * of arrival. Keys do not wait for each other.
 */
public final class KeyedConcurrencyLimiter {

	private final int maxInProgress;

	private final int maxWaiting;

	private final Duration maxWait;

	/** Only of keys with work in progress. */
	private final Map<String, KeyQueue> keys = new HashMap<>();

	/**
	 * @param maxInProgress how much work of one key may be in progress, at least 1
	 * @param maxWaiting how much more work of one key may wait
	 * @param maxWait how long it may wait
	 */
	public KeyedConcurrencyLimiter(int maxInProgress, int maxWaiting, Duration maxWait) {
		this.maxInProgress = maxInProgress;
		this.maxWaiting = maxWaiting;
		this.maxWait = maxWait;
	}

	/**
	 * Do work as soon as it may start.
	 * @return cold; subscribes to the work on the thread of the subscriber or, after a
	 * wait, on one of the parallel scheduler. Fails with a {@link NotStartedException} if
	 * too much work waits, or if it may not start in time
	 */
	public <T> Mono<T> limit(String key, Mono<T> work) {
		return Mono.defer(() -> {
			Permit permit = acquire(key);
			return awaitPermit(permit).then(work).doFinally((_) -> release(permit));
		});
	}

	private Mono<Void> awaitPermit(Permit permit) {
		if (permit.start == null) {
			return Mono.empty();
		}
		Mono<Void> late = Mono.error(() -> new NotStartedException("The permit did not come in time"));
		// Not on the thread that releases: all that wait would follow each other
		// there, and other requests of its event loop would wait behind them.
		return permit.start.asMono().publishOn(Schedulers.parallel()).timeout(this.maxWait, late);
	}

	private synchronized Permit acquire(String key) {
		KeyQueue queue = this.keys.computeIfAbsent(key, (_) -> new KeyQueue());
		if (queue.inProgress < this.maxInProgress) {
			queue.inProgress++;
			return new Permit(key, null);
		}
		if (queue.waiting.size() >= this.maxWaiting) {
			throw new NotStartedException("Too much work waits");
		}
		Permit permit = new Permit(key, Sinks.empty());
		queue.waiting.add(permit);
		return permit;
	}

	private void release(Permit permit) {
		Permit next = releaseAndPoll(permit);
		if (next != null && next.start != null) {
			next.start.tryEmitEmpty();
		}
	}

	private synchronized @Nullable Permit releaseAndPoll(Permit permit) {
		KeyQueue queue = this.keys.get(permit.key);
		if (queue == null || queue.waiting.remove(permit)) {
			return null;
		}
		Permit next = queue.waiting.poll();
		if (next == null && --queue.inProgress == 0) {
			this.keys.remove(permit.key);
		}
		return next;
	}

	/** Return how many keys have work in progress. */
	synchronized int keys() {
		return this.keys.size();
	}

	/** Signals that work was not started, because too much of its key is in progress. */
	public static final class NotStartedException extends RejectedExecutionException {

		private static final long serialVersionUID = 1L;

		private NotStartedException(String message) {
			super(message);
		}

	}

	/** What some work needs before it starts. */
	private static final class Permit {

		private final String key;

		/** Completes when the work may start; null if it did not have to wait. */
		private final Sinks.@Nullable Empty<Void> start;

		Permit(String key, Sinks.@Nullable Empty<Void> start) {
			this.key = key;
			this.start = start;
		}

	}

	/** The work of one key. */
	private static final class KeyQueue {

		private final Deque<Permit> waiting = new ArrayDeque<>();

		private int inProgress;

	}

}
