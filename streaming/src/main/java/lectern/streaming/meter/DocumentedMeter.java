package lectern.streaming.meter;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * A meter of Lectern. {@code docs/operations.md} has a row for each, generated from its
 * definition.
 */
public interface DocumentedMeter extends MeterDocumentation {

	MeterDefinition definition();

	@Override
	default String getName() {
		return definition().name();
	}

	@Override
	default Meter.Type getType() {
		return definition().type();
	}

	@Override
	default KeyName[] getKeyNames() {
		return definition().tags().toArray(KeyName[]::new);
	}

	/** Its row in the table of meters. */
	default String toTableRow() {
		return definition().toTableRow();
	}

}
