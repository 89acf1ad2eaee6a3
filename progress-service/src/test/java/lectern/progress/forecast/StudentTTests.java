package lectern.progress.forecast;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StudentTTests {

	@ParameterizedTest
	@CsvSource({ "0.9,1,3.078", "0.9,2,1.886", "0.9,3,1.638", "0.9,4,1.533", "0.9,5,1.476", "0.9,9,1.383",
			"0.975,6,2.447", "0.99,7,2.998" })
	void quantilesMatchPublishedTables(double probability, int degrees, double quantile) {
		assertThat(StudentT.quantile(probability, degrees)).isCloseTo(quantile, within(0.0006));
		assertThat(StudentT.cumulativeProbability(quantile, degrees)).isCloseTo(probability, within(0.0005));
		assertThat(StudentT.cumulativeProbability(-quantile, degrees)).isCloseTo(1 - probability, within(0.0005));
	}

}
