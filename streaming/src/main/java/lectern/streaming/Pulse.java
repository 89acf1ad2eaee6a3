package lectern.streaming;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/**
 * The one timer of all streams of a process: every second each connection looks, on its
 * own event loop, whether a heartbeat or its end is due.
 */
final class Pulse implements SmartLifecycle {

	static final Duration PERIOD = Duration.ofSeconds(1);

	private final Map<EventLoop, Circle> circles = new ConcurrentHashMap<>();

	private final LongSupplier clock;

	private @Nullable Disposable beating;

	/**
	 * @param clock milliseconds from whenever, never going back
	 */
	Pulse(LongSupplier clock) {
		this.clock = clock;
	}

	/** The connections of an event loop. */
	Circle on(EventLoop loop) {
		return this.circles.computeIfAbsent(loop, (_) -> new Circle(this.clock.getAsLong()));
	}

	private void beat() {
		long now = this.clock.getAsLong();
		this.circles.forEach((loop, circle) -> {
			if (loop.isShuttingDown()) {
				this.circles.remove(loop);
			}
			else {
				loop.execute(() -> circle.tick(now));
			}
		});
	}

	/** Whether there is no connection. */
	boolean isEmpty() {
		return this.circles.values().stream().allMatch(Circle::isEmpty);
	}

	/**
	 * End all connections, each at a time of its own.
	 * @param within milliseconds that it may take
	 */
	void end(End how, long within) {
		this.circles.forEach((loop,
				circle) -> loop.execute(() -> circle.connections()
					.forEach((connection) -> loop.schedule(() -> connection.end(how),
							ThreadLocalRandom.current().nextLong(within + 1), TimeUnit.MILLISECONDS))));
	}

	@Override
	public void start() {
		this.beating = Flux.interval(PERIOD).onBackpressureDrop().subscribe((_) -> beat());
	}

	@Override
	public void stop() {
		if (this.beating != null) {
			this.beating.dispose();
			this.beating = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.beating != null;
	}

	/** Until the streams, which stop first, have ended. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

}
