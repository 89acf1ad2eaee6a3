package lectern.streaming.meter;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * A meter of Lectern. {@code docs/monitoring.md} has a row for each, and the exported
 * metrics have its description, both from its definition.
 *
 * <p>
 * Each of the methods that register a meter takes the values of its tags, in the order of
 * the definition. No value may come from a client: each adds a time series. To register a
 * meter takes longer than to use it, so keep what is returned. The buckets of timers are
 * those of {@code lectern-service.yml}.
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

	/** Register a counter, which is exported as 0 from now on. */
	default Counter counter(MeterRegistry registry, String... tagValues) {
		return Counter.builder(getName())
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.register(registry);
	}

	/** Register a counter whose count is kept elsewhere. */
	default <T> void counter(MeterRegistry registry, T counted, ToDoubleFunction<T> count, String... tagValues) {
		FunctionCounter.builder(getName(), counted, count)
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.register(registry);
	}

	/** Register a timer. */
	default Timer timer(MeterRegistry registry, String... tagValues) {
		return Timer.builder(getName())
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.register(registry);
	}

	/** Register a summary. */
	default DistributionSummary summary(MeterRegistry registry, String... tagValues) {
		return DistributionSummary.builder(getName())
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.register(registry);
	}

	/** Register a gauge; the supplier is called on any thread when it is exported. */
	default void gauge(MeterRegistry registry, Supplier<Number> value, String... tagValues) {
		Gauge.builder(getName(), value)
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.register(registry);
	}

	/** Register a gauge in seconds, as above. */
	default void secondsGauge(MeterRegistry registry, Supplier<Number> seconds, String... tagValues) {
		TimeGauge.builder(getName(), seconds, TimeUnit.SECONDS)
			.description(definition().description())
			.tags(definition().tags(tagValues))
			.strongReference(true)
			.register(registry);
	}

	/** Its row in the table of meters. */
	default String toTableRow() {
		return definition().toTableRow();
	}

}
