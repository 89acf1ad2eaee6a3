package lectern.gateway.relay;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counts the connections to a service, under the names that Reactor Netty uses for its
 * connection pools.
 */
final class ConnectionGauges {

	private static final String POOL = "relay";

	private static final String PREFIX = "reactor.netty.connection.provider.";

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger idle = new AtomicInteger();

	/**
	 * @param address the host and port of the service
	 */
	ConnectionGauges(String address, MeterRegistry registry) {
		Tags tags = Tags.of("id", POOL, "name", POOL, "remote.address", address);
		registry.gauge(PREFIX + "active.connections", tags, this.active);
		registry.gauge(PREFIX + "idle.connections", tags, this.idle);
		registry.gauge(PREFIX + "total.connections", tags, this, (gauges) -> gauges.active.get() + gauges.idle.get());
	}

	void opened() {
		this.active.incrementAndGet();
	}

	void idleToActive() {
		this.idle.decrementAndGet();
		this.active.incrementAndGet();
	}

	void activeToIdle() {
		this.active.decrementAndGet();
		this.idle.incrementAndGet();
	}

	void closed(boolean wasIdle) {
		(wasIdle ? this.idle : this.active).decrementAndGet();
	}

}
