package lectern.streaming.server;

import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

import org.springframework.context.SmartLifecycle;

/**
 * Measures how late each event loop of a group runs its tasks, by a task that it runs
 * every 250 ms.
 */
public final class EventLoopLagProbe implements SmartLifecycle {

	private static final long INTERVAL_MILLIS = 250;

	private final Supplier<EventLoopGroup> eventLoops;

	private final Clock clock;

	private final Timer lag;

	private List<? extends ScheduledFuture<?>> tasks = List.of();

	/**
	 * @param eventLoops returns the group that is used after a start
	 */
	public EventLoopLagProbe(Supplier<EventLoopGroup> eventLoops, MeterRegistry registry) {
		this.eventLoops = eventLoops;
		this.clock = registry.config().clock();
		this.lag = ProcessMeter.EVENT_LOOP_LAG.timer(registry);
	}

	@Override
	public void start() {
		this.tasks = StreamSupport.stream(this.eventLoops.get().spliterator(), false).map(this::schedule).toList();
	}

	private ScheduledFuture<?> schedule(EventExecutor eventLoop) {
		return eventLoop.scheduleWithFixedDelay(new Probe(), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		this.tasks.forEach((task) -> task.cancel(false));
		this.tasks = List.of();
	}

	@Override
	public boolean isRunning() {
		return !this.tasks.isEmpty();
	}

	/** The task of one event loop, which alone uses it. */
	private final class Probe implements Runnable {

		private long dueAt = dueNext();

		private long dueNext() {
			return EventLoopLagProbe.this.clock.monotonicTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
		}

		@Override
		public void run() {
			long late = EventLoopLagProbe.this.clock.monotonicTime() - this.dueAt;
			EventLoopLagProbe.this.lag.record(Math.max(0, late), TimeUnit.NANOSECONDS);
			this.dueAt = dueNext();
		}

	}

}
