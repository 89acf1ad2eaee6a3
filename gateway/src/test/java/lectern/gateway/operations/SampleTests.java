package lectern.gateway.operations;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTests {

	@Test
	void parsesSampleWithAndWithoutLabels() {
		assertThat(Sample.parse("lectern_log_append_batch_count 6"))
			.hasValue(new Sample("lectern_log_append_batch_count", Map.of(), 6));
		assertThat(Sample.parse("a{} 1.5E-3")).hasValue(new Sample("a", Map.of(), 0.0015));
		assertThat(Sample.parse("a_total{reason=\"gone\",stream=\"/api/v1/readers/{reader}/events\"} 1.0"))
			.hasValue(new Sample("a_total", Map.of("reason", "gone", "stream", "/api/v1/readers/{reader}/events"), 1));
	}

	@Test
	void parsesEscapedLabelValues() {
		assertThat(Sample.parse("a{b=\"x\\\"} 9, \\\\ \\n\", c=\"\",} 2"))
			.hasValue(new Sample("a", Map.of("b", "x\"} 9, \\ \n", "c", ""), 2));
	}

	@Test
	void parsesSpecialValuesAndTimestamp() {
		assertThat(Sample.parse("a +Inf").orElseThrow().value()).isInfinite();
		assertThat(Sample.parse("a -Inf").orElseThrow().value()).isNegative();
		assertThat(Sample.parse("a NaN").orElseThrow().value()).isNaN();
		assertThat(Sample.parse("a 3 1395066363000").orElseThrow().value()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# HELP a b", "a", "a{", "a{b", "a{b=\"c", "a{b=\"c\"}", "a{b=\"c\"} x", "{} ", "a " })
	void malformedLineIsSkipped(String line) {
		assertThat(Sample.parse(line)).isEmpty();
	}

}
