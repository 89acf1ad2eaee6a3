package lectern.progress.eventlog;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

import io.netty.util.concurrent.EventExecutor;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * Finds the event loop of the web server that the current thread runs. A response that is
 * created there can be written without another change of the thread.
 */
@Component
final class CallerEventLoop implements Supplier<Executor> {

	/** For callers on other threads, such as the event loops of the database. */
	static final Executor OTHER_THREADS = Schedulers.parallel()::schedule;

	private final EventExecutor[] eventLoops;

	CallerEventLoop(ObjectProvider<ReactorResourceFactory> resources) {
		this.eventLoops = resources.stream()
			.map(ReactorResourceFactory::getLoopResources)
			.flatMap((loops) -> StreamSupport.stream(loops.onServer(LoopResources.DEFAULT_NATIVE).spliterator(), false))
			.toArray(EventExecutor[]::new);
	}

	/** The event loop, or the parallel scheduler if the current thread runs none. */
	@Override
	public Executor get() {
		for (EventExecutor eventLoop : this.eventLoops) {
			if (eventLoop.inEventLoop()) {
				return eventLoop;
			}
		}
		return OTHER_THREADS;
	}

}
