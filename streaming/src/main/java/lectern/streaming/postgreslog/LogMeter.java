package lectern.streaming.postgreslog;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of a log. */
public enum LogMeter implements DocumentedMeter {

	APPEND_DURATION("lectern.log.append.duration", Type.TIMER,
			"one append, from its request to its commit; failed appends are not included"),

	APPEND_BATCH("lectern.log.append.batch", Type.DISTRIBUTION_SUMMARY,
			"events appended in one transaction, of all callers together");

	private final MeterDefinition definition;

	LogMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "catalog-service, progress-service", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
