package lectern.gateway.operations;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTests {

	@Test
	void aSampleMayHaveLabelsOrNot() {
		assertThat(Sample.of("lectern_log_append_batch_count 6"))
			.hasValue(new Sample("lectern_log_append_batch_count", Map.of(), 6));
		assertThat(Sample.of("a{} 1.5E-3")).hasValue(new Sample("a", Map.of(), 0.0015));
		assertThat(Sample.of("a_total{reason=\"gone\",stream=\"/api/v1/readers/{reader}/events\"} 1.0"))
			.hasValue(new Sample("a_total", Map.of("reason", "gone", "stream", "/api/v1/readers/{reader}/events"), 1));
	}

	@Test
	void labelsMayHoldWhatEndsThemElsewhere() {
		assertThat(Sample.of("a{b=\"x\\\"} 9, \\\\ \\n\", c=\"\",} 2"))
			.hasValue(new Sample("a", Map.of("b", "x\"} 9, \\ \n", "c", ""), 2));
	}

	@Test
	void valuesMayBeNoNumbersAndHaveATimestamp() {
		assertThat(Sample.of("a +Inf").orElseThrow().value()).isInfinite();
		assertThat(Sample.of("a -Inf").orElseThrow().value()).isNegative();
		assertThat(Sample.of("a NaN").orElseThrow().value()).isNaN();
		assertThat(Sample.of("a 3 1395066363000").orElseThrow().value()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# HELP a b", "a", "a{", "a{b", "a{b=\"c", "a{b=\"c\"}", "a{b=\"c\"} x", "{} ", "a " })
	void whatIsNoSampleIsPassedOver(String line) {
		assertThat(Sample.of(line)).isEmpty();
	}

}
