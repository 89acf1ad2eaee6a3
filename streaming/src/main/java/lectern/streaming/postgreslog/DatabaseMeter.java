package lectern.streaming.postgreslog;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;

/** The meters of the connections to a database. */
enum DatabaseMeter implements DocumentedMeter {

	ACQUIRE("lectern.database.acquire", Type.TIMER,
			"waiting for a connection from the pool, including those that time out or fail"),

	ACQUIRE_TIMEOUTS("lectern.database.acquire.timeouts", Type.COUNTER,
			"requests for a connection that were given up after 5 s (`spring.r2dbc.pool.max-acquire-time`)");

	private final MeterDefinition definition;

	DatabaseMeter(String name, Type type, String description) {
		this.definition = new MeterDefinition(name, type, description, "catalog-service, progress-service");
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
