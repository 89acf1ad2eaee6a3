package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import lectern.streaming.sse.CloseReason;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/**
 * The one timer of all streams of a process: every second each connection looks, on its
 * own event loop, whether a heartbeat or its end is due.
 */
public final class HeartbeatScheduler implements SmartLifecycle {

	static final Duration TICK_INTERVAL = Duration.ofSeconds(1);

	private final Map<EventLoop, EventLoopConnections> connectionsByEventLoop = new ConcurrentHashMap<>();

	private final LongSupplier clock;

	private @Nullable Disposable subscription;

	/**
	 * @param clock milliseconds from whenever, never going back
	 */
	public HeartbeatScheduler(LongSupplier clock) {
		this.clock = clock;
	}

	/** The connections of an event loop. */
	EventLoopConnections connectionsOf(EventLoop loop) {
		return this.connectionsByEventLoop.computeIfAbsent(loop,
				(_) -> new EventLoopConnections(this.clock.getAsLong()));
	}

	private void tick() {
		long now = this.clock.getAsLong();
		this.connectionsByEventLoop.forEach((loop, circle) -> {
			if (loop.isShuttingDown()) {
				this.connectionsByEventLoop.remove(loop);
			}
			else {
				loop.execute(() -> circle.tick(now));
			}
		});
	}

	/** Whether there is no connection. */
	boolean isEmpty() {
		return this.connectionsByEventLoop.values().stream().allMatch(EventLoopConnections::isEmpty);
	}

	/**
	 * End all connections, each at a time of its own.
	 * @param within milliseconds that it may take
	 */
	void closeAll(CloseReason how, long within) {
		this.connectionsByEventLoop.forEach((loop,
				circle) -> loop.execute(() -> circle.connections()
					.forEach((connection) -> loop.schedule(() -> connection.end(how),
							ThreadLocalRandom.current().nextLong(within + 1), TimeUnit.MILLISECONDS))));
	}

	@Override
	public void start() {
		this.subscription = Flux.interval(TICK_INTERVAL).onBackpressureDrop().subscribe((_) -> tick());
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	/** Until the streams, which stop first, have ended. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

}
