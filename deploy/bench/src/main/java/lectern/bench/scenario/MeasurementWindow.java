package lectern.bench.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The deliveries of one measurement. A delivery is one event received by one subscriber.
 *
 * @param deliveries the number of deliveries
 * @param missing the number of deliveries that did not happen within the limit
 * @param outOfOrder the number of events received where another was expected
 * @param latency from the request of the write to the read of the subscriber
 * @param cpu the CPU time by process
 * @param writeRate the achieved rate of writes, in events per second
 * @param drainTime from the response to the last write until the last delivery
 */
record MeasurementWindow(long deliveries, long missing, long outOfOrder, LatencyHistogram latency,
		Map<String, Duration> cpu, double writeRate, Duration drainTime) {

	/** Return both measurements together; the rate is that of the other one. */
	MeasurementWindow merge(MeasurementWindow other) {
		LatencyHistogram both = new LatencyHistogram();
		both.add(this.latency);
		both.add(other.latency);
		Map<String, Duration> sum = new LinkedHashMap<>(this.cpu);
		other.cpu.forEach((name, time) -> sum.merge(name, time, Duration::plus));
		return new MeasurementWindow(this.deliveries + other.deliveries, this.missing + other.missing,
				this.outOfOrder + other.outOfOrder, both, sum, other.writeRate,
				(this.drainTime.compareTo(other.drainTime) > 0) ? this.drainTime : other.drainTime);
	}

	/** Return the CPU time of some processes per delivery, in microseconds. */
	double cpuMicrosPerDelivery(Iterable<String> processes) {
		long nanos = 0;
		for (String process : processes) {
			nanos += this.cpu.getOrDefault(process, Duration.ZERO).toNanos();
		}
		return nanos / 1_000.0 / Math.max(this.deliveries, 1);
	}

	double p99Millis() {
		return this.latency.quantileMillis(0.99);
	}

	/**
	 * Return whether the target sustained a rate: no delivery is missing or out of order,
	 * at least 95 % of the rate was written, and the p99 latency is under 1 s.
	 */
	boolean keepsUpWith(double rate) {
		return this.missing == 0 && this.outOfOrder == 0 && this.writeRate >= 0.95 * rate
				&& this.latency.quantile(0.99).compareTo(Duration.ofSeconds(1)) < 0;
	}

	/** Return the measurement as one line of text. */
	String summary() {
		StringBuilder text = new StringBuilder(
				String.format(Locale.ROOT, "%.1f events/s, %,d deliveries, %s, CPU per delivery:", this.writeRate,
						this.deliveries, this.latency.summary()));
		this.cpu.keySet()
			.forEach((name) -> text
				.append(String.format(Locale.ROOT, " %s %.2f µs", name, cpuMicrosPerDelivery(List.of(name)))));
		if (this.missing + this.outOfOrder > 0) {
			text.append("; ").append(this.missing).append(" missing, ").append(this.outOfOrder).append(" out of order");
		}
		return text.toString();
	}

}
