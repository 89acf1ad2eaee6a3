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
 * Runs the commands of one reading, or those with one idempotency key, one after another
 * in this process, so that concurrent commands do not conflict again and again. Between
 * processes the versions of the log guarantee consistency.
 */
@Component
class KeyedSerialExecutor {

	/** A longer queue would wait for seconds. */
	static final int MAX_QUEUED = 1000;

	/** The waiting tasks of each key for which a task is running. */
	private final Map<String, Queue<Sinks.Empty<Void>>> queues = new HashMap<>();

	/**
	 * Run a task when no other task of the key is running.
	 * @return cold; the result of the task; fails with a {@link Problem} if too many
	 * tasks are queued. Cancellation lets the next task run
	 */
	<T> Mono<T> runExclusively(String key, Mono<T> task) {
		return runExclusively(key, task, task);
	}

	/**
	 * Run one task if no other task of the key is running, or another task after waiting
	 * for those before it.
	 * @return as above
	 */
	<T> Mono<T> runExclusively(String key, Mono<T> immediateTask, Mono<T> queuedTask) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> ready = Sinks.empty();
			boolean free = acquireOrEnqueue(key, ready);
			// On another thread, so that queued tasks do not nest on one stack.
			Mono<T> task = free ? immediateTask : ready.asMono().publishOn(Schedulers.parallel()).then(queuedTask);
			return task.doFinally((_) -> release(key, ready));
		});
	}

	/** Return true if no task of the key was running; otherwise the task is queued. */
	private synchronized boolean acquireOrEnqueue(String key, Sinks.Empty<Void> ready) {
		Queue<Sinks.Empty<Void>> queue = this.queues.get(key);
		if (queue == null) {
			this.queues.put(key, new ArrayDeque<>(0));
			return true;
		}
		if (queue.size() == MAX_QUEUED) {
			throw overloaded();
		}
		queue.add(ready);
		return false;
	}

	private void release(String key, Sinks.Empty<Void> ready) {
		Sinks.Empty<Void> next = removeAndPoll(key, ready);
		if (next != null) {
			next.tryEmitEmpty();
		}
	}

	/**
	 * Return the next task to run; null if the task was only queued, or if none follows.
	 */
	private synchronized Sinks.@Nullable Empty<Void> removeAndPoll(String key, Sinks.Empty<Void> ended) {
		Queue<Sinks.Empty<Void>> queue = this.queues.get(key);
		if (queue == null || queue.remove(ended)) {
			return null;
		}
		if (queue.isEmpty()) {
			this.queues.remove(key);
		}
		return queue.poll();
	}

	/** The problem for too many queued commands. */
	static Problem overloaded() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"There are too many concurrent requests for one reading or key. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}
