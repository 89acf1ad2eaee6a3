package lectern.streaming.server;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meter of what a service needs to be ready. */
enum ReadinessMeter implements DocumentedMeter {

	READY("lectern.ready", "1 while a part of the readiness is up, 0 while it is not; checked every 5 s",
			MeterTag.COMPONENT);

	private final MeterDefinition definition;

	ReadinessMeter(String name, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, Type.GAUGE, description, "all", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
