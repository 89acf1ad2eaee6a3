package lectern.launcher.demo;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things, some of them at once. */
final class ConcurrentTasks {

	/** Few enough to leave Lectern to its users. */
	private static final int CONCURRENCY = 4;

	private ConcurrentTasks() {
	}

	/**
	 * Do something with each item and wait until all is done.
	 * @return the results in the order of the items
	 * @throws InterruptedException if the wait is interrupted, or a task is by a stop;
	 * what runs is interrupted, too
	 */
	static <T, R> List<R> map(Collection<T> items, Task<T, R> task) throws InterruptedException {
		List<Callable<R>> calls = items.stream().<Callable<R>>map((item) -> () -> task.run(item)).toList();
		try (ExecutorService executor = Executors.newFixedThreadPool(CONCURRENCY, Thread.ofVirtual().factory())) {
			List<Future<R>> futures = executor.invokeAll(calls);
			for (Future<R> future : futures) {
				rethrowFailure(future);
			}
			return futures.stream().map(Future::resultNow).toList();
		}
	}

	private static void rethrowFailure(Future<?> future) throws InterruptedException {
		try {
			future.get();
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException failure -> throw failure;
				case InterruptedException _ -> throw new InterruptedException();
				case null, default -> throw new IllegalStateException(ex);
			}
		}
	}

	/** What is done with an item. */
	@FunctionalInterface
	interface Task<T, R> {

		R run(T item) throws InterruptedException;

	}

}
