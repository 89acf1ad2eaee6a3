package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdCounts;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.machine.Machine;
import lectern.bench.targets.BenchTarget;

/** A crowd that is connected to a peer, and the one who writes the events it gets. */
final class DeliverySession implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

	private final BenchTarget target;

	private final int subscribers;

	private final DeliveryChecker deliveries;

	private final Crowd crowd;

	private DeliverySession(BenchTarget peer, int subscribers, DeliveryChecker deliveries, Crowd crowd) {
		this.target = peer;
		this.subscribers = subscribers;
		this.deliveries = deliveries;
		this.crowd = crowd;
	}

	/**
	 * Connect a crowd, and return when all of it is subscribed.
	 * @throws IOException if not all of it gets in
	 */
	static DeliverySession open(BenchTarget peer, BenchSettings settings) throws IOException {
		DeliverySession session = open(peer, settings.subscribers(), settings.subscribersPerAddress());
		// Workers that share subscribers among them learn of each other's a little later.
		SettleDelay.await();
		return session;
	}

	static DeliverySession open(BenchTarget peer, int subscribers, int perAddress) throws IOException {
		DeliveryChecker deliveries = new DeliveryChecker(subscribers);
		Crowd crowd = Crowd.open(
				CrowdPlan.of(peer.port(), subscribers, peer.streamPath()).withSubscribersPerAddress(perAddress),
				deliveries);
		if (!crowd.awaitOpen(subscribers, CONNECT_TIMEOUT)) {
			CrowdCounts counts = crowd.counts();
			crowd.close();
			throw new IOException("Of " + subscribers + " subscribers not all got in: " + counts);
		}
		return new DeliverySession(peer, subscribers, deliveries, crowd);
	}

	/**
	 * Write events for some time, and wait until all are delivered.
	 * @param rate events a second
	 * @param atOnce how many are written together
	 */
	MeasurementWindow measure(double rate, int atOnce, Duration length) throws IOException {
		LatencyHistogram latency = this.deliveries.resetLatency();
		Map<String, Duration> before = cpuTimes();
		long deliveredBefore = this.deliveries.delivered();
		long missingBefore = missingDeliveries();
		long disordersBefore = this.deliveries.outOfOrder();
		int sentBefore = this.deliveries.sent();
		long began = System.nanoTime();
		long pause = (long) (1_000_000_000L * atOnce / rate);
		for (long due = 0; due < length.toNanos(); due += pause) {
			waitUntil(began + due);
			this.deliveries.recordSend(atOnce);
			this.target.publish(atOnce);
		}
		long ended = System.nanoTime();
		awaitAllDelivered(ended);
		Duration behind = Duration.ofNanos(System.nanoTime() - ended);
		Map<String, Duration> spent = new TreeMap<>();
		cpuTimes().forEach((name, time) -> spent.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
		double written = (this.deliveries.sent() - sentBefore) * 1e9 / Math.max(ended - began, length.toNanos());
		return new MeasurementWindow(this.deliveries.delivered() - deliveredBefore, missingDeliveries() - missingBefore,
				this.deliveries.outOfOrder() - disordersBefore, latency, spent, written, behind);
	}

	private long missingDeliveries() {
		return (long) this.deliveries.sent() * this.subscribers - this.deliveries.delivered();
	}

	private static void waitUntil(long nanoTime) {
		long left = nanoTime - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = nanoTime - System.nanoTime();
		}
	}

	private void awaitAllDelivered(long since) {
		while (missingDeliveries() > 0 && System.nanoTime() - since < DELIVERY_TIMEOUT.toNanos()) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	private Map<String, Duration> cpuTimes() throws IOException {
		Map<String, Duration> times = new TreeMap<>();
		this.target.processes().forEach((name, processes) -> times.put(name, processes.cpuTime()));
		// Counted for nobody, but taken from all.
		times.put("(bench itself)", Machine.benchCpuTime());
		return times;
	}

	/** The bytes read so far, by all subscribers together. */
	long bytesReceived() {
		return this.crowd.counts().bytes();
	}

	@Override
	public void close() {
		this.crowd.close();
	}

}
