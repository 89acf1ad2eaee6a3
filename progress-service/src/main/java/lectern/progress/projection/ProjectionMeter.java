package lectern.progress.projection;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterTag;

/** The meters of the projections. */
public enum ProjectionMeter implements DocumentedMeter {

	LAG("lectern.projection.lag", Type.GAUGE,
			"seconds since the oldest event of the page being applied was received; 0 if all events are applied",
			MeterTag.PROJECTION);

	private final String name;

	private final Type type;

	private final String description;

	private final KeyName[] tags;

	ProjectionMeter(String name, Type type, String description, KeyName... tags) {
		this.name = name;
		this.type = type;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Type getType() {
		return this.type;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public String exportedBy() {
		return "progress-service";
	}

}
