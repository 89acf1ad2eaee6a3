package lectern.streaming.postgreslog;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;

/** The meters of a log. */
public enum LogMeter implements DocumentedMeter {

	APPEND_DURATION("lectern.log.append.duration", Type.TIMER,
			"one append, from its request to its commit; failed appends are not included"),

	APPEND_BATCH("lectern.log.append.batch", Type.DISTRIBUTION_SUMMARY,
			"events appended in one transaction, of all callers together");

	private final String name;

	private final Type type;

	private final String description;

	private final KeyName[] tags;

	LogMeter(String name, Type type, String description, KeyName... tags) {
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
		return "catalog-service, progress-service";
	}

}
