package lectern.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import lectern.streaming.sse.CloseReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTimeoutsTests {

	@Test
	void agesAreSpreadOverLastFifth() {
		List<Duration> ages = LongStream.range(0, 200)
			.map((_) -> ConnectionTimeouts.randomAge(Duration.ofMinutes(10)))
			.mapToObj(Duration::ofMillis)
			.toList();
		assertThat(ages).allSatisfy((age) -> assertThat(age).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)))
			.anySatisfy((age) -> assertThat(age).isLessThan(Duration.ofMinutes(9)))
			.anySatisfy((age) -> assertThat(age).isGreaterThan(Duration.ofMinutes(9)));
	}

	@Test
	void reasonOfExpiryIsWhatComesFirst() {
		assertThat(timeouts(null).expiryReason()).isEqualTo(CloseReason.AGE);
		assertThat(timeouts(Instant.now().plusSeconds(1_800)).expiryReason()).isEqualTo(CloseReason.AGE);
		assertThat(timeouts(Instant.now().plusSeconds(90)).expiryReason()).isEqualTo(CloseReason.SIGNED_OUT);
	}

	@Test
	void sessionIsOverBeforeItsLastSecond() {
		assertThat(ConnectionTimeouts.isOver(null)).isFalse();
		assertThat(ConnectionTimeouts.isOver(Instant.now().plusSeconds(60))).isFalse();
		assertThat(ConnectionTimeouts.isOver(Instant.now().plusMillis(900))).isTrue();
		assertThat(ConnectionTimeouts.isOver(Instant.now().minusSeconds(30))).isTrue();
	}

	private static ConnectionTimeouts timeouts(@Nullable Instant sessionEnd) {
		return new ConnectionTimeouts(0, Duration.ofMinutes(10), sessionEnd);
	}

}
