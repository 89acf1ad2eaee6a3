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

/** Follows the log from its start and records the events that it sees. */
final class TortureFollower implements AutoCloseable {

	/** Some connections end before they have seen an event. */
	private static final int[] MAX_CONNECTION_MILLIS = { 5, 50, 500, 3000 };

	private final String name;

	private final List<ObservedEvent> seen = new ArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final LagTracker lag = new LagTracker();

	private final Disposable subscription;

	private volatile long position;

	private volatile Throwable failure;

	private TortureFollower(String name, List<LogNode> nodes, boolean reconnecting) {
		this.name = name;
		this.subscription = Flux.defer(() -> connect(nodes, reconnecting))
			.doOnSubscribe((_) -> this.connections.incrementAndGet())
			.repeat()
			.subscribe((envelope) -> onEvent(envelope.event()), (ex) -> this.failure = ex);
	}

	/** A follower that stays connected to one node. */
	static TortureFollower stable(String name, LogNode node) {
		return new TortureFollower(name, List.of(node), false);
	}

	/**
	 * A follower that disconnects at random, also within a page, and reconnects to any
	 * node.
	 */
	static TortureFollower reconnecting(String name, List<LogNode> nodes) {
		return new TortureFollower(name, nodes, true);
	}

	private Flux<EventEnvelope<StoredEvent>> connect(List<LogNode> nodes, boolean reconnecting) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Flux<EventEnvelope<StoredEvent>> events = nodes.get(random.nextInt(nodes.size()))
			.feed()
			.after(this.position)
			.flatMapIterable((page) -> page);
		int maxMillis = MAX_CONNECTION_MILLIS[random.nextInt(MAX_CONNECTION_MILLIS.length)];
		return reconnecting ? events.take(Duration.ofMillis(random.nextInt(maxMillis))) : events;
	}

	private void onEvent(StoredEvent event) {
		synchronized (this.seen) {
			this.seen.add(ObservedEvent.of(event));
		}
		this.position = event.position();
	}

	/** All seen events in the order in which they were seen. */
	List<ObservedEvent> seen() {
		synchronized (this.seen) {
			return List.copyOf(this.seen);
		}
	}

	/** The position of the last seen event. */
	long position() {
		return this.position;
	}

	int connections() {
		return this.connections.get();
	}

	LagTracker lag() {
		return this.lag;
	}

	/** The error that ended the follower; null if there was none. */
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
