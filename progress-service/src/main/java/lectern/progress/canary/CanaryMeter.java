package lectern.progress.canary;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of the canary. They exist only if there is one. */
public enum CanaryMeter implements DocumentedMeter {

	LAG("lectern.canary.lag", Type.TIMER,
			"the whole way of a canary: from the request to append it until it came back through the gateway"),

	AGE("lectern.canary.age", Type.GAUGE,
			"seconds since a canary came back; grows when none does, from the start of the service"),

	FAILURES("lectern.canary.failures", Type.COUNTER, """
			failed steps: `append` (a canary was not stored, or old ones were not removed), `connect` (the gateway did \
			not open the stream), `stream` (the open stream broke or was silent)""", MeterTag.STEP);

	private final MeterDefinition definition;

	CanaryMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "progress-service", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
