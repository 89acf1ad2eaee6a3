package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PositionTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "1.000, 1", "0.50, 0.5", "0.9999999, 0.999999", "1E-7, 0", "0E-999999, 0",
			"1E-999999999, 0", "-0.0, 0", "0.000001, 0.000001" })
	void fractionIsTruncatedToSixDecimals(BigDecimal fraction, String truncated) {
		assertThat(at(fraction).fraction().toPlainString()).isEqualTo(truncated);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.1", "1.2", "1.0000001", "1E+999999999", "-1E-999999999" })
	void rejectsFractionOutOfRange(BigDecimal fraction) {
		assertThatIllegalArgumentException().isThrownBy(() -> at(fraction));
	}

	@Test
	void fractionsOfDifferentScaleAreEqual() {
		assertThat(at(new BigDecimal("0.5000"))).isEqualTo(at(new BigDecimal("0.5")));
	}

	private static Position at(BigDecimal fraction) {
		return new Position(fraction, null, null, null, null, Instant.EPOCH);
	}

}
