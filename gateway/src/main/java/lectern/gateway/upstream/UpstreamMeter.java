package lectern.gateway.upstream;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of the services behind the gateway. */
enum UpstreamMeter implements DocumentedMeter {

	OPEN("lectern.upstream.open", Type.GAUGE,
			"1 while the circuit breaker of a service's address lets no request pass, else 0", MeterTag.SERVICE,
			MeterTag.ADDRESS),

	READY("lectern.upstream.ready", Type.GAUGE,
			"1 if a service's address has passed its last health check and refused no connection since, else 0",
			MeterTag.SERVICE, MeterTag.ADDRESS),

	LIMIT("lectern.upstream.limit", Type.GAUGE,
			"how many requests a service may have at the same time; falls when its responses become slow",
			MeterTag.SERVICE),

	REJECTED("lectern.upstream.rejected", Type.COUNTER,
			"requests answered with 503 that no service has seen: `overload` or `open`", MeterTag.SERVICE,
			MeterTag.REASON),

	RETRIES("lectern.upstream.retries", Type.COUNTER, "requests that were sent to a service again", MeterTag.SERVICE);

	private final MeterDefinition definition;

	UpstreamMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "gateway", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
