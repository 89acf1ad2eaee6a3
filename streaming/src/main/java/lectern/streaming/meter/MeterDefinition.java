package lectern.streaming.meter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;

/**
 * What is documented of a meter.
 *
 * @param name in Micrometer's dotted form
 * @param description what the meter counts or measures: a phrase without a full stop
 * @param exportedBy the services that export it, or {@code all}
 */
public record MeterDefinition(String name, Meter.Type type, String description, String exportedBy,
		List<MeterTag> tags) {

	public MeterDefinition(String name, Meter.Type type, String description, String exportedBy, MeterTag... tags) {
		this(name, type, description, exportedBy, Arrays.asList(tags));
	}

	/**
	 * The tags of one of its time series.
	 * @param values as many as there are tags, in their order
	 */
	Tags tags(String... values) {
		if (values.length != this.tags.size()) {
			throw new IllegalArgumentException(this.name + " has " + this.tags.size() + " tags");
		}
		Tags named = Tags.empty();
		for (int index = 0; index < values.length; index++) {
			named = named.and(this.tags.get(index).asString(), values[index]);
		}
		return named;
	}

	/** Its row in the table of {@code docs/monitoring.md}. */
	String toTableRow() {
		String tagNames = this.tags.stream().map((tag) -> "`" + tag.asString() + "`").collect(Collectors.joining(", "));
		String kind = this.type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
		return "| `" + this.name + "` | " + kind + " | " + tagNames + " | " + this.exportedBy + " | " + this.description
				+ " |";
	}

}
