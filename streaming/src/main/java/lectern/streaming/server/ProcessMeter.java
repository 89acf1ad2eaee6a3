package lectern.streaming.server;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of a process as a whole. */
public enum ProcessMeter implements DocumentedMeter {

	EVENT_LOOP_LAG("lectern.eventloop.lag", Type.TIMER,
			"how late a task runs that each event loop schedules every 250 ms: as late as everything else on it"),

	HTTP_CONNECTIONS("lectern.http.connections", Type.GAUGE,
			"open connections of clients to the port of the API, those of streams included"),

	DIRECT_MEMORY_LIMIT("lectern.netty.direct.limit", Type.GAUGE,
			"bytes of direct memory that Netty may allocate; `netty.allocator.memory.used` has how many it has"),

	LOG_DROPPED("lectern.log.dropped", Type.COUNTER, """
			lines that were not written because too many were waiting: of the log `access` of the gateway, or \
			`request`, which has the lines about requests and security events""", MeterTag.LOG),

	BUILD_INFO("lectern.build.info", Type.GAUGE, "always 1; the tags say what runs", MeterTag.VERSION, MeterTag.JAVA);

	private final MeterDefinition definition;

	ProcessMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "all", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
