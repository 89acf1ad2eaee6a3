package lectern.streaming.meter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * A meter of Lectern. {@code docs/operations.md} has a row for each, generated from what
 * is said here.
 */
public interface DocumentedMeter extends MeterDocumentation {

	/** What the meter counts or measures: a phrase without a full stop. */
	String description();

	/** The services that export it: {@code all}, or their names. */
	String exportedBy();

	/** Its row in the table of meters. */
	default String toTableRow() {
		String tags = Arrays.stream(getKeyNames())
			.map(KeyName::asString)
			.map((tag) -> "`" + tag + "`")
			.collect(Collectors.joining(", "));
		String kind = getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		return "| `" + getName() + "` | " + kind + " | " + tags + " | " + exportedBy() + " | " + description() + " |";
	}

}
