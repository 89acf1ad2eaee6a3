package lectern.streaming.server;

import java.util.Objects;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StreamMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StreamMeters meters = new StreamMeters("/events", this.registry);

	/** The rate of a counter that is missing until it counts would miss the first. */
	@Test
	void everyReasonIsCountedFromZero() {
		assertThat(reasons(StreamMeter.CLOSED)).containsExactlyInAnyOrder("age", "drain", "signed-out", "finished",
				"error", "gone", "slow", "protocol-violation");
		assertThat(reasons(StreamMeter.REFUSED)).containsExactlyInAnyOrder("all", "stream", "address", "reader");
		assertThat(reasons(StreamMeter.RESETS)).containsExactlyInAnyOrder("unreadable-cursor", "foreign-epoch",
				"future-cursor");
		assertThat(this.registry.getMeters()).filteredOn((meter) -> meter.getId().getType() == Meter.Type.COUNTER)
			.allSatisfy((meter) -> assertThat(meter.measure()).allMatch((measured) -> measured.getValue() == 0));
	}

	@Test
	void everyMeterHasItsDescription() {
		this.meters.pageReads(4);
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getDescription())
			.allMatch((description) -> description != null && !description.isBlank());
	}

	@Test
	void pageReadsAreShownBesideTheirLimit() {
		this.meters.pageReads(4).incrementAndGet();
		assertThat(this.registry.get(StreamMeter.REPLAYS.getName()).gauge().value()).isEqualTo(1);
		assertThat(this.registry.get(StreamMeter.REPLAYS_LIMIT.getName()).gauge().value()).isEqualTo(4);
	}

	@Test
	void everyTagNeedsAValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> StreamMeter.CLOSED.counter(this.registry, "/events"));
	}

	private Iterable<String> reasons(StreamMeter meter) {
		return this.registry.get(meter.getName())
			.tag("stream", "/events")
			.counters()
			.stream()
			.map((counter) -> Objects.requireNonNull(counter.getId().getTag("reason")))
			.toList();
	}

}
