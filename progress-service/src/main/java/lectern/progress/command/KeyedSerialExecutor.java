package lectern.progress.command;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Lets the commands of one reading, or under one key, take turns in this process, so that
 * many at once do not decide again and again. Between processes the versions of the log
 * stay the guard.
 */
@Component
class KeyedSerialExecutor {

	/** More would wait for seconds. */
	static final int MAX_QUEUED = 1000;

	/** Who waits, for each name under which somebody has the turn. */
	private final Map<String, Queue<Sinks.Empty<Void>>> queues = new HashMap<>();

	/**
	 * Do some work when its turn comes.
	 * @return cold; what the work gives; fails with a {@link Problem} if too many wait.
	 * To cancel it passes the turn on
	 */
	<T> Mono<T> runExclusively(String name, Mono<T> work) {
		return runExclusively(name, work, work);
	}

	/**
	 * Do some work when its turn comes, other work if it had to wait for it.
	 * @return as above
	 */
	<T> Mono<T> runExclusively(String name, Mono<T> atOnce, Mono<T> later) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> turn = Sinks.empty();
			boolean free = acquireOrEnqueue(name, turn);
			// On another thread, lest a thousand turns stand on one stack.
			Mono<T> work = free ? atOnce : turn.asMono().publishOn(Schedulers.parallel()).then(later);
			return work.doFinally((_) -> release(name, turn));
		});
	}

	/** Whether nobody else has the turn. */
	private synchronized boolean acquireOrEnqueue(String name, Sinks.Empty<Void> turn) {
		Queue<Sinks.Empty<Void>> line = this.queues.get(name);
		if (line == null) {
			this.queues.put(name, new ArrayDeque<>(0));
			return true;
		}
		if (line.size() == MAX_QUEUED) {
			throw overloaded();
		}
		line.add(turn);
		return false;
	}

	private void release(String name, Sinks.Empty<Void> turn) {
		Sinks.Empty<Void> next = removeAndPoll(name, turn);
		if (next != null) {
			next.tryEmitEmpty();
		}
	}

	/** Nobody, if it was only a place in the line that was left. */
	private synchronized Sinks.@Nullable Empty<Void> removeAndPoll(String name, Sinks.Empty<Void> leaving) {
		Queue<Sinks.Empty<Void>> line = this.queues.get(name);
		if (line == null || line.remove(leaving)) {
			return null;
		}
		if (line.isEmpty()) {
			this.queues.remove(name);
		}
		return line.poll();
	}

	/** Too many wait for a turn. */
	static Problem overloaded() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"There are too many concurrent requests for one reading or key. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
