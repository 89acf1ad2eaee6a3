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
			"events appended in one transaction, of all callers together"),

	APPEND_FAILURES("lectern.log.append.failures", Type.COUNTER, """
			appends that were not stored: `queue-full` (too many were waiting), `timeout` (of the database, of its \
			connections or of a lock), `error` (of the database). Conflicts and refused commands are not failures""",
			MeterTag.REASON),

	APPEND_QUEUE("lectern.log.append.queue", Type.GAUGE,
			"appends that wait in the process: of `commands`, and of `lists` of commands", "progress-service",
			MeterTag.QUEUE),

	APPEND_QUEUE_LIMIT("lectern.log.append.queue.limit", Type.GAUGE, "how many appends may wait; further ones fail",
			"progress-service", MeterTag.QUEUE);

	private final MeterDefinition definition;

	LogMeter(String name, Type type, String description, MeterTag... tags) {
		this(name, type, description, "catalog-service, progress-service", tags);
	}

	LogMeter(String name, Type type, String description, String exportedBy, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, exportedBy, tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
