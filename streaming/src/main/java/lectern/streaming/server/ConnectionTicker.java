package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import lectern.streaming.sse.CloseReason;
import lectern.web.RevokedSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/**
 * The one timer of all connections of a process. Every second each connection checks, on
 * its event loop, whether a heartbeat or its end is due.
 */
final class ConnectionTicker implements SmartLifecycle {

	static final Duration TICK_INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(ConnectionTicker.class);

	private final Map<EventLoop, EventLoopConnections> connectionsByEventLoop = new ConcurrentHashMap<>();

	private final LongSupplier clock;

	private final Duration maxAge;

	private final RevokedSessions revokedSessions;

	private @Nullable Disposable subscription;

	/**
	 * @param clock milliseconds from any origin, never decreasing
	 * @param maxAge the longest age of a connection
	 * @param revokedSessions the sessions whose connections end
	 */
	ConnectionTicker(LongSupplier clock, Duration maxAge, RevokedSessions revokedSessions) {
		this.clock = clock;
		this.maxAge = maxAge;
		this.revokedSessions = revokedSessions;
	}

	/** The longest age of a connection. */
	Duration maxAge() {
		return this.maxAge;
	}

	/** The connections of an event loop. */
	EventLoopConnections connectionsOf(EventLoop eventLoop) {
		return this.connectionsByEventLoop.computeIfAbsent(eventLoop,
				(_) -> new EventLoopConnections(this.clock.getAsLong(), this.revokedSessions));
	}

	private void tick() {
		long now = this.clock.getAsLong();
		this.connectionsByEventLoop.forEach((eventLoop, connections) -> {
			if (eventLoop.isShuttingDown()) {
				this.connectionsByEventLoop.remove(eventLoop);
			}
			else {
				eventLoop.execute(() -> connections.tick(now));
			}
		});
	}

	/** Whether there is no connection. */
	boolean isEmpty() {
		return this.connectionsByEventLoop.values().stream().allMatch(EventLoopConnections::isEmpty);
	}

	/**
	 * End all connections, each after a random delay.
	 * @param maxDelayMillis the longest delay
	 */
	void endAll(CloseReason reason, long maxDelayMillis) {
		this.connectionsByEventLoop
			.forEach(
					(eventLoop,
							connections) -> eventLoop.execute(() -> connections.connections()
								.forEach((connection) -> eventLoop.schedule(() -> connection.end(reason),
										ThreadLocalRandom.current().nextLong(maxDelayMillis + 1),
										TimeUnit.MILLISECONDS))));
	}

	@Override
	public void start() {
		this.subscription = Flux.interval(TICK_INTERVAL)
			.onBackpressureDrop()
			.subscribe((_) -> tick(), (failure) -> logger.error("The timer of the streams has failed", failure));
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

	/** Stops after the streams, which need it until they have ended. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

}
