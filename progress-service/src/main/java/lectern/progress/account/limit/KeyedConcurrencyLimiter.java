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
 * Limits how much work of one key is in progress at once. More of it waits for its turn,
 * in the order of arrival. Keys do not wait for each other.
 */
public final class KeyedConcurrencyLimiter {

	private final int maxInProgress;

	private final int maxWaiting;

	private final Duration maxWait;

	/** Only of keys with work in progress. */
	private final Map<String, Turns> keys = new HashMap<>();

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
	 * Do work when it is its turn.
	 * @return cold; subscribes to the work on the thread of the subscriber or, after a
	 * wait, on one of the parallel scheduler. Fails with a
	 * {@link RejectedExecutionException} if too much work waits, or if its turn does not
	 * come in time
	 */
	public <T> Mono<T> limit(String key, Mono<T> work) {
		return Mono.defer(() -> {
			Turn turn = enter(key);
			return awaitStart(turn).then(work).doFinally((_) -> leave(turn));
		});
	}

	private Mono<Void> awaitStart(Turn turn) {
		if (turn.start == null) {
			return Mono.empty();
		}
		Mono<Void> late = Mono.error(() -> new RejectedExecutionException("The turn did not come in time"));
		// Not on the thread of the one that leaves: all that wait would follow each other
		// there, and other requests of its event loop would wait behind them.
		return turn.start.asMono().publishOn(Schedulers.parallel()).timeout(this.maxWait, late);
	}

	private synchronized Turn enter(String key) {
		Turns turns = this.keys.computeIfAbsent(key, (_) -> new Turns());
		if (turns.inProgress < this.maxInProgress) {
			turns.inProgress++;
			return new Turn(key, null);
		}
		if (turns.waiting.size() >= this.maxWaiting) {
			throw new RejectedExecutionException("Too much work waits");
		}
		Turn turn = new Turn(key, Sinks.empty());
		turns.waiting.add(turn);
		return turn;
	}

	private void leave(Turn turn) {
		Turn next = nextAfter(turn);
		if (next != null && next.start != null) {
			next.start.tryEmitEmpty();
		}
	}

	private synchronized @Nullable Turn nextAfter(Turn turn) {
		Turns turns = this.keys.get(turn.key);
		if (turns == null || turns.waiting.remove(turn)) {
			return null;
		}
		Turn next = turns.waiting.poll();
		if (next == null && --turns.inProgress == 0) {
			this.keys.remove(turn.key);
		}
		return next;
	}

	/** Return how many keys have work in progress. */
	synchronized int keys() {
		return this.keys.size();
	}

	/** Work in progress, or that waits. */
	private static final class Turn {

		private final String key;

		/** Completes when the work may start; null if it did not have to wait. */
		private final Sinks.@Nullable Empty<Void> start;

		Turn(String key, Sinks.@Nullable Empty<Void> start) {
			this.key = key;
			this.start = start;
		}

	}

	/** The work of one key. */
	private static final class Turns {

		private final Deque<Turn> waiting = new ArrayDeque<>();

		private int inProgress;

	}

}
