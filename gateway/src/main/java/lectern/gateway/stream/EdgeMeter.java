package lectern.gateway.stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterTag;

/** The meters of the gateway's streams. */
enum EdgeMeter implements DocumentedMeter {

	UPSTREAMS("lectern.edge.upstreams", Type.GAUGE,
			"open streams to a service: one per shared stream, one per client of a private stream", MeterTag.STREAM);

	private final String name;

	private final Type type;

	private final String description;

	private final KeyName[] tags;

	EdgeMeter(String name, Type type, String description, KeyName... tags) {
		this.name = name;
		this.type = type;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Type getType() {
		return this.type;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public String exportedBy() {
		return "gateway";
	}

}
