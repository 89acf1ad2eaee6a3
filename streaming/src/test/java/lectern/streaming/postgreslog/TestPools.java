package lectern.streaming.postgreslog;

import java.time.Duration;

import io.netty.util.concurrent.EventExecutor;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Closes pools of connections. */
public final class TestPools {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

	private TestPools() {
	}

	/**
	 * Close a pool when nothing uses it anymore: what was stopped may still end a
	 * transaction. Reactor Pool 1.2.8 destroys a connection twice, and fails, if the pool
	 * is closed while a thread is still in the release of that connection and others have
	 * used it since.
	 */
	public static void close(ConnectionPool pool) {
		awaitUnused(pool.getMetrics().orElseThrow());
		awaitEventLoops();
		pool.disposeLater().block(HANG_LIMIT);
	}

	private static void awaitUnused(PoolMetrics metrics) {
		Mono.fromSupplier(metrics::acquiredSize)
			.filter((acquired) -> acquired == 0)
			.repeatWhenEmpty((repeats) -> repeats.delayElements(POLL_INTERVAL))
			.block(HANG_LIMIT);
	}

	/**
	 * Wait until each event loop has ended the task in which it released a connection.
	 */
	private static void awaitEventLoops() {
		for (EventExecutor eventLoop : TcpResources.get().onClient(LoopResources.DEFAULT_NATIVE)) {
			eventLoop.submit(() -> {
			}).awaitUninterruptibly(HANG_LIMIT.toMillis());
		}
	}

}
