package lectern.gateway.stream;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the streams that are open to a service. */
final class UpstreamCount {

	private final AtomicInteger open = new AtomicInteger();

	/**
	 * @param stream the route's pattern
	 */
	UpstreamCount(String stream, MeterRegistry registry) {
		Gauge.builder(EdgeMeter.UPSTREAMS.meterName(), this.open, AtomicInteger::get)
			.tag("stream", stream)
			.register(registry);
	}

	void opened() {
		this.open.incrementAndGet();
	}

	void closed() {
		this.open.decrementAndGet();
	}

}
