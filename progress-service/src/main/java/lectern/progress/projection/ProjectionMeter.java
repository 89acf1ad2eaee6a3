package lectern.progress.projection;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of the projections. */
public enum ProjectionMeter implements DocumentedMeter {

	LAG("lectern.projection.lag", Type.GAUGE, """
			seconds from the receipt of an event until it is applied, the largest of the last 20 to 30 seconds; \
			if it is not known for 5 s that all events are applied, the time since it was known""",
			MeterTag.PROJECTION);

	private final MeterDefinition definition;

	ProjectionMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "progress-service", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
