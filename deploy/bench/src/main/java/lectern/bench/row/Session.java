package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import lectern.bench.crowd.Counts;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Plan;
import lectern.bench.machine.Machine;
import lectern.bench.peer.Peer;

/** A crowd that is connected to a peer, and the one who writes the events it gets. */
final class Session implements AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(60);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Peer peer;

	private final int subscribers;

	private final Deliveries deliveries;

	private final Crowd crowd;

	private Session(Peer peer, int subscribers, Deliveries deliveries, Crowd crowd) {
		this.peer = peer;
		this.subscribers = subscribers;
		this.deliveries = deliveries;
		this.crowd = crowd;
	}

	/**
	 * Connect a crowd, and return when all of it is subscribed.
	 * @throws IOException if not all of it gets in
	 */
	static Session open(Peer peer, Settings settings) throws IOException {
		Session session = open(peer, settings.subscribers(), settings.perAddress());
		// Workers that share subscribers among them learn of each other's a little later.
		Pause.settle();
		return session;
	}

	static Session open(Peer peer, int subscribers, int perAddress) throws IOException {
		Deliveries deliveries = new Deliveries(subscribers);
		Crowd crowd = Crowd.open(Plan.of(peer.port(), subscribers, peer.path()).withPerAddress(perAddress), deliveries);
		if (!crowd.awaitOpen(subscribers, CONNECT)) {
			Counts counts = crowd.counts();
			crowd.close();
			throw new IOException("Of " + subscribers + " subscribers not all got in: " + counts);
		}
		return new Session(peer, subscribers, deliveries, crowd);
	}

	/**
	 * Write events for some time, and wait until all are delivered.
	 * @param rate events a second
	 * @param atOnce how many are written together
	 */
	Window run(double rate, int atOnce, Duration length) throws IOException {
		Histogram latency = this.deliveries.begin();
		Map<String, Duration> before = cpu();
		long deliveredBefore = this.deliveries.delivered();
		long missingBefore = missing();
		long disordersBefore = this.deliveries.disorders();
		int sentBefore = this.deliveries.sent();
		long began = System.nanoTime();
		long pause = (long) (1_000_000_000L * atOnce / rate);
		for (long due = 0; due < length.toNanos(); due += pause) {
			waitUntil(began + due);
			this.deliveries.sending(atOnce);
			this.peer.publish(atOnce);
		}
		long ended = System.nanoTime();
		awaitAll(ended);
		Duration behind = Duration.ofNanos(System.nanoTime() - ended);
		Map<String, Duration> spent = new TreeMap<>();
		cpu().forEach((name, time) -> spent.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
		double written = (this.deliveries.sent() - sentBefore) * 1e9 / Math.max(ended - began, length.toNanos());
		return new Window(this.deliveries.delivered() - deliveredBefore, missing() - missingBefore,
				this.deliveries.disorders() - disordersBefore, latency, spent, written, behind);
	}

	private long missing() {
		return (long) this.deliveries.sent() * this.subscribers - this.deliveries.delivered();
	}

	private static void waitUntil(long nanoTime) {
		long left = nanoTime - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = nanoTime - System.nanoTime();
		}
	}

	private void awaitAll(long since) {
		while (missing() > 0 && System.nanoTime() - since < PATIENCE.toNanos()) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	private Map<String, Duration> cpu() throws IOException {
		Map<String, Duration> times = new TreeMap<>();
		this.peer.processes().forEach((name, processes) -> times.put(name, processes.cpu()));
		// Counted for nobody, but taken from all.
		times.put("(bench itself)", Machine.ownCpu());
		return times;
	}

	/** The bytes read so far, by all subscribers together. */
	long bytes() {
		return this.crowd.counts().bytes();
	}

	@Override
	public void close() {
		this.crowd.close();
	}

}
