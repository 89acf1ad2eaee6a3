package lectern.progress.command;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;

/** The meters of the commands that wait. */
enum CommandMeter implements DocumentedMeter {

	QUEUE("lectern.command.queue",
			"commands that wait for others of the same reading or idempotency key: the most" + " of any"),

	QUEUE_LIMIT("lectern.command.queue.limit", "how many commands of one reading or key may wait; further ones fail");

	private final MeterDefinition definition;

	CommandMeter(String name, String description) {
		this.definition = new MeterDefinition(name, Type.GAUGE, description, "progress-service");
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
