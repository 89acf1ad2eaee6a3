package lectern.gateway.stream;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of the gateway's streams. */
enum EdgeMeter implements DocumentedMeter {

	UPSTREAMS("lectern.edge.upstreams", Type.GAUGE,
			"open streams to a service: one per shared stream, one per client of a private stream", MeterTag.STREAM),

	RELAY_LAG("lectern.relay.lag", Type.TIMER,
			"time from an event's commit until it was written to the client of a private stream: one event of each "
					+ "stream in five seconds, and none that has waited for its client",
			MeterTag.STREAM);

	private final MeterDefinition definition;

	EdgeMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "gateway", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
