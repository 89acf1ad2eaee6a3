package lectern.gateway.limit;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of the limits. */
enum LimitMeter implements DocumentedMeter {

	REFUSED("lectern.limits.refused", Type.COUNTER, """
			requests refused by a limit with 429, which `http.server.requests` does not have: `reads`, `searches`, \
			`writes`, `sign-ins`, `transfers` and `open-transfers`, each `-per-address` and, but for `sign-ins`, \
			`-per-reader`. Refused streams are in `lectern.stream.refused`""", MeterTag.REASON);

	private final MeterDefinition definition;

	LimitMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "gateway", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
