package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTimeoutsTests {

	@Test
	void lifetimeIsSpreadOverEightToTenMinutes() {
		for (Instant sessionEnd : new @Nullable Instant[] { null, Instant.now().plusSeconds(1_800) }) {
			List<Duration> lifetimes = LongStream.range(0, 200)
				.map((_) -> ConnectionTimeouts.lifetime(sessionEnd))
				.mapToObj(Duration::ofMillis)
				.toList();
			assertThat(lifetimes)
				.allSatisfy((age) -> assertThat(age).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)))
				.anySatisfy((age) -> assertThat(age).isLessThan(Duration.ofMinutes(9)))
				.anySatisfy((age) -> assertThat(age).isGreaterThan(Duration.ofMinutes(9)));
		}
	}

	@Test
	void lifetimeEndsBeforeSession() {
		assertThat(ConnectionTimeouts.lifetime(Instant.now().plusSeconds(90))).isBetween(80_000L, 89_000L);
		assertThat(ConnectionTimeouts.lifetime(Instant.now().minusSeconds(1))).isNegative();
	}

}
