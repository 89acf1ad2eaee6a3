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
 * A crowd of subscribers to event streams, tens of thousands of them in one process, as
 * cheap as can be: what it costs is taken from what is measured on the same machine. They
 * come back with their last id whenever they are cut off.
 *
 * <pre>
 * try (Crowd crowd = Crowd.open(Plan.of(8080, 10_000, "/api/v1/catalog/events"), listener)) {
 *     crowd.awaitOpen(10_000, Duration.ofSeconds(30));
 *     crowd.drop(100, Drop.RESET);
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
	 * Begin to connect a crowd.
	 * @param plan what it does
	 * @param listener hears what it gets
	 * @return the crowd, of which nobody need be connected yet
	 */
	public static Crowd open(CrowdPlan plan, CrowdListener listener) {
		return new Crowd(plan, listener);
	}

	private void connect() {
		long due = Math.min(this.subscribers.size(),
				1 + this.connectRate * (System.nanoTime() - this.startedAt) / 1_000_000_000L);
		// After a hold-up not all at once: that would measure the backlog.
		long most = 1 + 2 * this.connectRate * CONNECT_INTERVAL_MILLIS / 1_000;
		for (long i = 0; i < most && this.connected < due; i++) {
			this.subscribers.get(this.connected++).connect();
		}
		if (this.connected < this.subscribers.size() && !this.closing) {
			this.connectLoop.schedule(this::connect, CONNECT_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Wait until so many streams are open.
	 * @return false if it takes longer than the limit
	 */
	public boolean awaitOpen(int streams, Duration limit) {
		return await((counts) -> counts.open() >= streams, limit);
	}

	/**
	 * Wait until the counts are as wished.
	 * @return false if it takes longer than the limit
	 */
	public boolean await(Predicate<CrowdCounts> wished, Duration limit) {
		long began = System.nanoTime();
		while (!wished.test(counts())) {
			if (System.nanoTime() - began > limit.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
	}

	/** What has happened so far. */
	public CrowdCounts counts() {
		return this.counters.snapshot();
	}

	/**
	 * Drop some connections, picked at random from all; their subscribers come back. Does
	 * not wait for it. One that is not connected is passed over.
	 */
	public void disconnectRandom(int many, DisconnectMode how) {
		List<CrowdSubscriber> shuffled = new ArrayList<>(this.subscribers);
		Collections.shuffle(shuffled, ThreadLocalRandom.current());
		shuffled.stream().limit(many).forEach((subscriber) -> subscriber.disconnect(how));
	}

	/** Drop the connection of one subscriber, which comes back. */
	public void disconnect(int subscriber, DisconnectMode how) {
		this.subscribers.get(subscriber).disconnect(how);
	}

	/** Close all connections and end the threads. */
	@Override
	public void close() {
		this.closing = true;
		this.eventLoops.forEach(CrowdEventLoop::stopConnecting);
		this.subscribers.forEach((subscriber) -> subscriber.disconnect(DisconnectMode.CLOSE));
		await((counts) -> counts.open() == 0, Duration.ofSeconds(10));
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
		this.eventLoops.forEach((loop) -> loop.receiveBuffer.release());
	}

}
