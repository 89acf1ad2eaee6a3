package lectern.progress.command;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Runs the commands of one reading, or those with one idempotency key, one after another
 * in this process, so that concurrent commands do not conflict again and again. Between
 * processes the versions of the log guarantee consistency.
 */
@Component
class KeyedSerialExecutor implements MeterBinder {

	/** A longer queue would wait for seconds. */
	static final int MAX_QUEUED = 1000;

	/** Has an entry for each key of which a task is running. */
	private final Map<String, TaskQueue> queues = new HashMap<>();

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
	 * for those before it. A task that has waited runs on the thread on which the task
	 * before it has ended.
	 * @return as above
	 */
	<T> Mono<T> runExclusively(String key, Mono<T> immediateTask, Mono<T> queuedTask) {
		return Mono.defer(() -> {
			if (acquire(key)) {
				return immediateTask.doFinally((_) -> startNext(key));
			}
			QueuedTask queued = new QueuedTask(key);
			return Mono.create(queued).then(queuedTask).doFinally((_) -> leave(queued));
		});
	}

	/** Return true if no task of the key was running; then the caller's task is. */
	private synchronized boolean acquire(String key) {
		boolean free = !this.queues.containsKey(key);
		if (free) {
			this.queues.put(key, new TaskQueue());
		}
		return free;
	}

	/**
	 * Return true if no task of the key is running any more; otherwise queue the task.
	 */
	private synchronized boolean acquireOrEnqueue(QueuedTask task) {
		task.running = acquire(task.key);
		if (!task.running) {
			Queue<QueuedTask> waiting = queue(task.key).waiting;
			if (waiting.size() == MAX_QUEUED) {
				throw overloaded();
			}
			waiting.add(task);
		}
		return task.running;
	}

	/** A task that was queued has ended, or it was cancelled while it waited. */
	private void leave(QueuedTask task) {
		if (!removeIfWaiting(task)) {
			startNext(task.key);
		}
	}

	private synchronized boolean removeIfWaiting(QueuedTask task) {
		if (!task.running && this.queues.containsKey(task.key)) {
			queue(task.key).waiting.remove(task);
		}
		return !task.running;
	}

	/** Start the next task, because the running one has ended. */
	private void startNext(String key) {
		for (QueuedTask next = taskEnded(key); next != null; next = taskStarted(key)) {
			next.start();
		}
	}

	/**
	 * Return the task to start next. It is null if none is waiting, and also if a task
	 * ends while it is being started: then the loop that starts it goes on, since a
	 * thousand short tasks would not fit on one stack.
	 */
	private synchronized @Nullable QueuedTask taskEnded(String key) {
		return (queue(key).ended++ == 0) ? poll(key) : null;
	}

	private synchronized @Nullable QueuedTask taskStarted(String key) {
		return (--queue(key).ended > 0) ? poll(key) : null;
	}

	private @Nullable QueuedTask poll(String key) {
		QueuedTask next = queue(key).waiting.poll();
		if (next != null) {
			next.running = true;
		}
		else {
			this.queues.remove(key);
		}
		return next;
	}

	private TaskQueue queue(String key) {
		return Objects.requireNonNull(this.queues.get(key), "No task of this key is running");
	}

	private synchronized int longestQueue() {
		return this.queues.values().stream().mapToInt((queue) -> queue.waiting.size()).max().orElse(0);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		CommandMeter.QUEUE.gauge(registry, this::longestQueue);
		CommandMeter.QUEUE_LIMIT.gauge(registry, () -> MAX_QUEUED);
	}

	/** The problem for too many queued commands. */
	static Problem overloaded() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"There are too many concurrent requests for one reading or key. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

	/** The tasks that wait for the running task of their key. */
	private static final class TaskQueue {

		private final Queue<QueuedTask> waiting = new ArrayDeque<>(0);

		/** Tasks that have ended without the next one being started yet. */
		private int ended;

	}

	/** A task that has to wait. Its state is guarded by the executor. */
	private final class QueuedTask implements Consumer<MonoSink<Void>> {

		private final String key;

		private @Nullable MonoSink<Void> ready;

		private boolean running;

		private QueuedTask(String key) {
			this.key = key;
		}

		@Override
		public void accept(MonoSink<Void> sink) {
			this.ready = sink;
			if (acquireOrEnqueue(this)) {
				sink.success();
			}
		}

		private void start() {
			Objects.requireNonNull(this.ready).success();
		}

	}

}
