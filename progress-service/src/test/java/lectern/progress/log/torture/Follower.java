package lectern.progress.log.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import lectern.progress.log.StoredEvent;
import lectern.streaming.Entry;

/** Follows the log from its beginning and remembers what it saw. */
final class Follower implements AutoCloseable {

	/** Milliseconds: some leave before they have seen anything. */
	private static final int[] LONGEST_STAYS = { 5, 50, 500, 3000 };

	private final String name;

	private final List<Logged> seen = new ArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final Lag lag = new Lag();

	private final Disposable following;

	private volatile long position;

	private volatile Throwable failure;

	private Follower(String name, List<Node> nodes, boolean restless) {
		this.name = name;
		this.following = Flux.defer(() -> connection(nodes, restless))
			.doOnSubscribe((_) -> this.connections.incrementAndGet())
			.repeat()
			.subscribe((entry) -> see(entry.event()), (ex) -> this.failure = ex);
	}

	/** One who stays connected to one node. */
	static Follower steady(String name, Node node) {
		return new Follower(name, List.of(node), false);
	}

	/** One who leaves at random, also within a page, and comes back to any node. */
	static Follower restless(String name, List<Node> nodes) {
		return new Follower(name, nodes, true);
	}

	private Flux<Entry<StoredEvent>> connection(List<Node> nodes, boolean restless) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Flux<Entry<StoredEvent>> entries = nodes.get(random.nextInt(nodes.size()))
			.feed()
			.after(this.position)
			.flatMapIterable((page) -> page);
		int longest = LONGEST_STAYS[random.nextInt(LONGEST_STAYS.length)];
		return restless ? entries.take(Duration.ofMillis(random.nextInt(longest))) : entries;
	}

	private void see(StoredEvent event) {
		synchronized (this.seen) {
			this.seen.add(Logged.of(event));
		}
		this.position = event.position();
	}

	/** Everything it saw, in the order in which it saw it. */
	List<Logged> seen() {
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

	Lag lag() {
		return this.lag;
	}

	/** Why it follows no more; null as it should be. */
	Throwable failure() {
		return this.failure;
	}

	@Override
	public void close() {
		this.following.dispose();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
