package lectern.progress.account.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Runs blocking work on few threads and in turns between clients' addresses: an address
 * with much work waits for itself, not for others to wait for it. Work that waits is
 * dropped if its subscriber cancels.
 */
public final class RoundRobinExecutor implements DisposableBean {

	/** How long a thread without work is kept. */
	private static final int THREAD_SECONDS = 60;

	private final int threads;

	private final int maxQueuedPerAddress;

	private final int maxQueued;

	private final Scheduler scheduler;

	/** The address whose turn is next comes first. No queue is empty. */
	private final Map<ClientAddress, Deque<QueuedWork<?>>> queues = new LinkedHashMap<>();

	private int queued;

	private int running;

	/**
	 * @param name of the threads
	 * @param maxQueuedPerAddress how much work of one address may wait
	 * @param maxQueued how much work of all addresses may wait
	 */
	public RoundRobinExecutor(String name, int threads, int maxQueuedPerAddress, int maxQueued) {
		this.threads = threads;
		this.maxQueuedPerAddress = maxQueuedPerAddress;
		this.maxQueued = maxQueued;
		AtomicInteger created = new AtomicInteger();
		this.scheduler = Schedulers.newBoundedElastic(threads, Integer.MAX_VALUE,
				(task) -> newThread(name + "-" + created.incrementAndGet(), task), THREAD_SECONDS);
	}

	private static Thread newThread(String name, Runnable task) {
		Thread thread = new Thread(() -> {
			BackgroundThread.lowerPriority();
			task.run();
		}, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Run work for the address in the context of the subscriber.
	 * @return cold; emits on a thread of this executor. Fails with an
	 * {@link AddressQueueFullException} if too much work of the address waits, and with
	 * another {@link RejectedExecutionException} if too much work of all addresses waits
	 */
	public <T> Mono<T> execute(Callable<T> work) {
		return Mono.create((sink) -> {
			QueuedWork<T> task = new QueuedWork<>(ClientAddress.of(sink.contextView()), work, sink);
			if (enqueue(task)) {
				this.scheduler.schedule(this::runQueued);
			}
			sink.onCancel(() -> remove(task));
		});
	}

	/** Return whether one more thread is needed. */
	private boolean enqueue(QueuedWork<?> task) {
		QueuedWork<?> displaced;
		boolean threadNeeded;
		synchronized (this) {
			displaced = makeRoom(task.address);
			this.queues.computeIfAbsent(task.address, (_) -> new ArrayDeque<>()).add(task);
			this.queued++;
			threadNeeded = this.running < this.threads;
			if (threadNeeded) {
				this.running++;
			}
		}
		if (displaced != null) {
			displaced.sink.error(new AddressQueueFullException());
		}
		return threadNeeded;
	}

	/**
	 * If everything is full, the longest queue gives up its newest work for an address
	 * that has less, so that a few addresses cannot fill all places together.
	 */
	private @Nullable QueuedWork<?> makeRoom(ClientAddress address) {
		int own = this.queues.getOrDefault(address, new ArrayDeque<>(0)).size();
		if (own >= this.maxQueuedPerAddress) {
			throw new AddressQueueFullException();
		}
		if (this.queued < this.maxQueued) {
			return null;
		}
		Deque<QueuedWork<?>> longest = new ArrayDeque<>(0);
		for (Deque<QueuedWork<?>> queue : this.queues.values()) {
			longest = (queue.size() > longest.size()) ? queue : longest;
		}
		if (longest.size() <= own + 1) {
			throw new RejectedExecutionException("The queues of all addresses are full");
		}
		this.queued--;
		return longest.pollLast();
	}

	private synchronized void remove(QueuedWork<?> task) {
		Deque<QueuedWork<?>> queue = this.queues.get(task.address);
		if (queue != null && queue.remove(task)) {
			this.queued--;
			if (queue.isEmpty()) {
				this.queues.remove(task.address);
			}
		}
	}

	private void runQueued() {
		for (QueuedWork<?> next = pollOrEnd(); next != null; next = pollOrEnd()) {
			next.run();
		}
	}

	private synchronized @Nullable QueuedWork<?> pollOrEnd() {
		Iterator<Map.Entry<ClientAddress, Deque<QueuedWork<?>>>> turns = this.queues.entrySet().iterator();
		if (!turns.hasNext()) {
			this.running--;
			return null;
		}
		Map.Entry<ClientAddress, Deque<QueuedWork<?>>> turn = turns.next();
		Deque<QueuedWork<?>> queue = turn.getValue();
		turns.remove();
		QueuedWork<?> next = queue.remove();
		this.queued--;
		if (!queue.isEmpty()) {
			this.queues.put(next.address, queue);
		}
		return next;
	}

	/** Return how much work waits. */
	public synchronized int queued() {
		return this.queued;
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

	/** Signals that too much work of one address waits. */
	public static final class AddressQueueFullException extends RejectedExecutionException {

		private static final long serialVersionUID = 1L;

		private AddressQueueFullException() {
			super("The queue of the address is full");
		}

	}

	private record QueuedWork<T>(ClientAddress address, Callable<T> work, MonoSink<T> sink) {

		void run() {
			T result;
			try {
				result = this.work.call();
			}
			catch (Throwable ex) {
				this.sink.error(ex);
				return;
			}
			this.sink.success(result);
		}

	}

}
