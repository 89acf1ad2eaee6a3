package lectern.gateway.stream;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the open streams to a service. */
final class UpstreamCount {

	private final AtomicInteger openStreams = new AtomicInteger();

	/**
	 * @param stream the route's pattern
	 */
	UpstreamCount(String stream, MeterRegistry registry) {
		Gauge.builder(EdgeMeter.UPSTREAMS.getName(), this.openStreams, AtomicInteger::get)
			.tag("stream", stream)
			.register(registry);
	}

	void opened() {
		this.openStreams.incrementAndGet();
	}

	void closed() {
		this.openStreams.decrementAndGet();
	}

}
