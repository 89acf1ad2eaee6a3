package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdCounts;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.systems.BenchTarget;

/** A crowd that is connected to a target, and the writer of the events it receives. */
final class DeliverySession implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

	private final BenchTarget target;

	private final int subscribers;

	private final DeliveryChecker deliveries;

	private final Crowd crowd;

	private DeliverySession(BenchTarget target, int subscribers, DeliveryChecker deliveries, Crowd crowd) {
		this.target = target;
		this.subscribers = subscribers;
		this.deliveries = deliveries;
		this.crowd = crowd;
	}

	/**
	 * Connect a crowd and return when all streams are open.
	 * @throws IOException if not all streams could be opened
	 */
	static DeliverySession open(BenchTarget target, BenchSettings settings) throws IOException {
		DeliverySession session = open(target, settings.subscribers(), settings.subscribersPerAddress());
		// The workers of nchan learn a little later of each other's subscribers.
		SettleDelay.await();
		return session;
	}

	static DeliverySession open(BenchTarget target, int subscribers, int perAddress) throws IOException {
		DeliveryChecker deliveries = new DeliveryChecker(subscribers);
		Crowd crowd = Crowd.open(
				CrowdPlan.of(target.port(), subscribers, target.streamPath()).withSubscribersPerAddress(perAddress),
				deliveries);
		if (!crowd.awaitOpen(subscribers, CONNECT_TIMEOUT)) {
			CrowdCounts counts = crowd.counts();
			crowd.close();
			throw new IOException("Not all of " + subscribers + " streams could be opened: " + counts);
		}
		return new DeliverySession(target, subscribers, deliveries, crowd);
	}

	/**
	 * Write events for the given time, and wait until all are delivered.
	 * @param rate events per second
	 * @param burst the number of events that are written together
	 */
	MeasurementWindow measure(double rate, int burst, Duration length) throws IOException {
		LatencyHistogram latency = this.deliveries.resetLatency();
		Map<String, Duration> cpuBefore = CpuTimes.read(this.target.processes());
		long deliveredBefore = this.deliveries.delivered();
		long missingBefore = missingDeliveries();
		long outOfOrderBefore = this.deliveries.outOfOrder();
		int sentBefore = this.deliveries.sent();
		long began = System.nanoTime();
		long interval = (long) (1_000_000_000L * burst / rate);
		for (long due = 0; due < length.toNanos(); due += interval) {
			waitUntil(began + due);
			this.deliveries.recordSend(burst);
			this.target.publish(burst);
		}
		long ended = System.nanoTime();
		awaitAllDelivered(ended);
		Duration drainTime = Duration.ofNanos(System.nanoTime() - ended);
		Map<String, Duration> cpu = CpuTimes.since(cpuBefore, this.target.processes());
		double writeRate = (this.deliveries.sent() - sentBefore) * 1e9 / Math.max(ended - began, length.toNanos());
		return new MeasurementWindow(this.deliveries.delivered() - deliveredBefore, missingDeliveries() - missingBefore,
				this.deliveries.outOfOrder() - outOfOrderBefore, latency, cpu, writeRate, drainTime);
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

	/** Return the bytes that all subscribers together have read so far. */
	long bytesReceived() {
		return this.crowd.counts().bytes();
	}

	@Override
	public void close() {
		this.crowd.close();
	}

}
