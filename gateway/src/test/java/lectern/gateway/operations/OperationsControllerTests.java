package lectern.gateway.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperationsControllerTests {

	private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	@Test
	void connectionAgeIsEightToTenMinutes() {
		assertThat(
				IntStream.range(0, 200).mapToObj((_) -> OperationsController.connectionAge(NOW, NOW.plusSeconds(1800))))
			.allSatisfy((age) -> assertThat(age).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)))
			.hasSizeGreaterThan(100)
			.anySatisfy((age) -> assertThat(age).isLessThan(Duration.ofMinutes(9)))
			.anySatisfy((age) -> assertThat(age).isGreaterThan(Duration.ofMinutes(9)));
		assertThat(OperationsController.connectionAge(NOW, null)).isBetween(Duration.ofMinutes(8),
				Duration.ofMinutes(10));
	}

	@Test
	void connectionAgeIsLimitedByTokenExpiry() {
		assertThat(OperationsController.connectionAge(NOW, NOW.plusSeconds(90))).isEqualTo(Duration.ofSeconds(90));
	}

}
