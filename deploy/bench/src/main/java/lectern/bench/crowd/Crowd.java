package lectern.bench.crowd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Tens of thousands of subscribers to event streams in one process. They use little CPU,
 * because the measured servers run on the same machine. A subscriber that is disconnected
 * reconnects with its last event id.
 *
 * <pre>
 * CrowdPlan plan = CrowdPlan.of(8080, 10_000, "/api/v1/catalog/events");
 * try (Crowd crowd = Crowd.open(plan, listener)) {
 *     crowd.awaitOpen(10_000, Duration.ofSeconds(30));
 *     crowd.disconnectRandom(100, DisconnectMode.RESET);
 * }
 * </pre>
 */
public final class Crowd implements AutoCloseable {

	private static final long CONNECT_INTERVAL_MILLIS = 5;

	private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

	private final CrowdCounters counters = new CrowdCounters();

	private final MultiThreadIoEventLoopGroup group;

	private final List<CrowdEventLoop> eventLoops;

	private final List<CrowdSubscriber> subscribers;

	private final EventLoop connectLoop;

	private final int connectRate;

	private final long startedAt;

	private int connected;

	private volatile boolean closing;

	private Crowd(CrowdPlan plan, CrowdListener listener) {
		this.connectRate = plan.connectRate();
		SocketTransport transport = SocketTransport.preferred();
		this.group = new MultiThreadIoEventLoopGroup(plan.threads(), new DefaultThreadFactory("crowd", true),
				transport.ioHandlerFactory());
		this.connectLoop = this.group.next();
		this.eventLoops = Stream
			.generate(() -> new CrowdEventLoop(plan, this.counters, listener, this.group.next(), transport))
			.limit(plan.threads())
			.toList();
		this.subscribers = IntStream.range(0, plan.subscribers())
			.mapToObj((index) -> new CrowdSubscriber(index, this.eventLoops.get(index % plan.threads())))
			.toList();
		this.startedAt = System.nanoTime();
		this.connectLoop.execute(this::connect);
	}

	/**
	 * Start to connect a crowd.
	 * @param plan the behaviour of the subscribers
	 * @param listener is called with what the subscribers receive
	 * @return the crowd, whose subscribers may not be connected yet
	 */
	public static Crowd open(CrowdPlan plan, CrowdListener listener) {
		return new Crowd(plan, listener);
	}

	private void connect() {
		long due = Math.min(this.subscribers.size(),
				1 + this.connectRate * (System.nanoTime() - this.startedAt) / 1_000_000_000L);
		// After a pause of this thread, do not connect all due subscribers at once: the
		// backlog would be measured.
		long limit = 1 + 2 * this.connectRate * CONNECT_INTERVAL_MILLIS / 1_000;
		for (long i = 0; i < limit && this.connected < due; i++) {
			this.subscribers.get(this.connected++).connect();
		}
		if (this.connected < this.subscribers.size() && !this.closing) {
			this.connectLoop.schedule(this::connect, CONNECT_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Wait until at least the given number of streams is open.
	 * @return false after the limit
	 */
	public boolean awaitOpen(int streams, Duration limit) {
		return await((counts) -> counts.open() >= streams, limit);
	}

	/**
	 * Wait until the counts satisfy a condition.
	 * @return false after the limit
	 */
	public boolean await(Predicate<CrowdCounts> condition, Duration limit) {
		long began = System.nanoTime();
		while (!condition.test(counts())) {
			if (System.nanoTime() - began > limit.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
	}

	/** Return the counts so far. */
	public CrowdCounts counts() {
		return this.counters.snapshot();
	}

	/**
	 * Close the connections of randomly chosen subscribers, without waiting for it. The
	 * subscribers reconnect. A chosen subscriber that is not connected is ignored.
	 */
	public void disconnectRandom(int count, DisconnectMode mode) {
		List<CrowdSubscriber> shuffled = new ArrayList<>(this.subscribers);
		Collections.shuffle(shuffled, ThreadLocalRandom.current());
		shuffled.stream().limit(count).forEach((subscriber) -> subscriber.disconnect(mode));
	}

	/** Close the connection of one subscriber, which reconnects. */
	public void disconnect(int subscriber, DisconnectMode mode) {
		this.subscribers.get(subscriber).disconnect(mode);
	}

	/** Close all connections and stop the event loops. */
	@Override
	public void close() {
		this.closing = true;
		this.eventLoops.forEach(CrowdEventLoop::stopConnecting);
		this.subscribers.forEach(CrowdSubscriber::close);
		await((counts) -> counts.open() == 0, Duration.ofSeconds(10));
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
		this.eventLoops.forEach((loop) -> loop.receiveBuffer.release());
	}

}
