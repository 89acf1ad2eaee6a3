package lectern.gateway.stream;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts the open streams to a service. */
final class UpstreamCount {

	private final AtomicInteger openStreams = new AtomicInteger();

	/**
	 * @param stream the route's pattern
	 */
	UpstreamCount(String stream, MeterRegistry registry) {
		EdgeMeter.UPSTREAMS.gauge(registry, this.openStreams::get, stream);
	}

	void opened() {
		this.openStreams.incrementAndGet();
	}

	void closed() {
		this.openStreams.decrementAndGet();
	}

}
