package lectern.progress.account;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;

/** The meters of the passwords that wait to be hashed. */
enum PasswordMeter implements DocumentedMeter {

	QUEUE("lectern.password.queue", "passwords that wait to be checked or hashed"),

	QUEUE_LIMIT("lectern.password.queue.limit", "how many passwords may wait; further sign-ins are refused");

	private final MeterDefinition definition;

	PasswordMeter(String name, String description) {
		this.definition = new MeterDefinition(name, Type.GAUGE, description, "progress-service");
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
