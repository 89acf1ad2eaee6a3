package lectern.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes an instant in microseconds, the precision of the database, so that an instant
 * reads the same before and after it is stored.
 */
class MicrosecondInstantSerializer extends StdSerializer<Instant> {

	MicrosecondInstantSerializer() {
		super(Instant.class);
	}

	@Override
	public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
		generator.writeString(value.truncatedTo(ChronoUnit.MICROS).toString());
	}

}
