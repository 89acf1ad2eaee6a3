package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventEnvelope;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Follows the log from its beginning and remembers what it saw. */
final class LogFollower implements AutoCloseable {

	/** Milliseconds: some leave before they have seen anything. */
	private static final int[] MAX_CONNECTION_MILLIS = { 5, 50, 500, 3000 };

	private final String name;

	private final List<ObservedEvent> seen = new ArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final LagTracker lag = new LagTracker();

	private final Disposable subscription;

	private volatile long position;

	private volatile Throwable failure;

	private LogFollower(String name, List<LogNode> nodes, boolean restless) {
		this.name = name;
		this.subscription = Flux.defer(() -> connect(nodes, restless))
			.doOnSubscribe((_) -> this.connections.incrementAndGet())
			.repeat()
			.subscribe((entry) -> onEvent(entry.event()), (ex) -> this.failure = ex);
	}

	/** One who stays connected to one node. */
	static LogFollower stable(String name, LogNode node) {
		return new LogFollower(name, List.of(node), false);
	}

	/** One who leaves at random, also within a page, and comes back to any node. */
	static LogFollower reconnecting(String name, List<LogNode> nodes) {
		return new LogFollower(name, nodes, true);
	}

	private Flux<EventEnvelope<StoredEvent>> connect(List<LogNode> nodes, boolean restless) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Flux<EventEnvelope<StoredEvent>> entries = nodes.get(random.nextInt(nodes.size()))
			.feed()
			.after(this.position)
			.flatMapIterable((page) -> page);
		int longest = MAX_CONNECTION_MILLIS[random.nextInt(MAX_CONNECTION_MILLIS.length)];
		return restless ? entries.take(Duration.ofMillis(random.nextInt(longest))) : entries;
	}

	private void onEvent(StoredEvent event) {
		synchronized (this.seen) {
			this.seen.add(ObservedEvent.of(event));
		}
		this.position = event.position();
	}

	/** Everything it saw, in the order in which it saw it. */
	List<ObservedEvent> seen() {
		synchronized (this.seen) {
			return List.copyOf(this.seen);
		}
	}

	/** The position of the last event it saw. */
	long position() {
		return this.position;
	}

	int connections() {
		return this.connections.get();
	}

	LagTracker lag() {
		return this.lag;
	}

	/** Why it follows no more; null as it should be. */
	Throwable failure() {
		return this.failure;
	}

	@Override
	public void close() {
		this.subscription.dispose();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
