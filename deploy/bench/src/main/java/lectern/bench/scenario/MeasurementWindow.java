package lectern.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured over some time.
 *
 * @param deliveries events that reached a subscriber
 * @param missing events that did not, long after they were written
 * @param outOfOrder events that came where another was expected
 * @param latency from the write's request to the subscriber's read
 * @param cpu CPU time by process
 * @param writeRate events a second that were written indeed
 * @param drainTime from the last write's answer until the last delivery
 */
record MeasurementWindow(long deliveries, long missing, long outOfOrder, LatencyHistogram latency,
		Map<String, Duration> cpu, double writeRate, Duration drainTime) {

	/** Both together; the rate is the later one's. */
	MeasurementWindow merge(MeasurementWindow other) {
		LatencyHistogram both = new LatencyHistogram();
		both.add(this.latency);
		both.add(other.latency);
		Map<String, Duration> sum = new TreeMap<>(this.cpu);
		other.cpu.forEach((name, time) -> sum.merge(name, time, Duration::plus));
		return new MeasurementWindow(this.deliveries + other.deliveries, this.missing + other.missing,
				this.outOfOrder + other.outOfOrder, both, sum, other.writeRate,
				(this.drainTime.compareTo(other.drainTime) > 0) ? this.drainTime : other.drainTime);
	}

	/** Microseconds of CPU for a delivery, of some processes together. */
	double cpuMicrosPerDelivery(Iterable<String> processes) {
		long nanos = 0;
		for (String process : processes) {
			nanos += this.cpu.getOrDefault(process, Duration.ZERO).toNanos();
		}
		return nanos / 1_000.0 / Math.max(this.deliveries, 1);
	}

	double p99Millis() {
		return millis(this.latency.quantile(0.99));
	}

	/** Whether nothing was late, lost or out of order. */
	boolean keepsUpWith(double wanted) {
		return this.missing == 0 && this.outOfOrder == 0 && this.writeRate >= 0.95 * wanted
				&& this.latency.quantile(0.99).compareTo(Duration.ofSeconds(1)) < 0;
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1_000_000.0;
	}

	/** All of it in a line. */
	String summary() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"%.1f events/s, %,d deliveries, p50 %.1f ms, p99 %.1f ms, max %.1f ms, CPU a delivery", this.writeRate,
				this.deliveries, millis(this.latency.quantile(0.5)), p99Millis(), millis(this.latency.max())));
		this.cpu.keySet()
			.forEach((name) -> text
				.append(String.format(Locale.ROOT, " %s %.2f µs", name, cpuMicrosPerDelivery(List.of(name)))));
		if (this.missing + this.outOfOrder > 0) {
			text.append("; ").append(this.missing).append(" missing, ").append(this.outOfOrder).append(" out of order");
		}
		return text.toString();
	}

}
