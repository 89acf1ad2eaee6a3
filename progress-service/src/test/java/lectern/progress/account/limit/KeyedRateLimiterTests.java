package lectern.progress.account.limit;

import java.time.Duration;
import java.util.stream.IntStream;

import lectern.web.QuotaStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyedRateLimiterTests {

	private long nanos = Long.MAX_VALUE - 100;

	private final KeyedRateLimiter limiter = new KeyedRateLimiter(new RateLimit(3, Duration.ofSeconds(30)),
			() -> this.nanos);

	@Test
	void allowanceComesBackEvenly() {
		assertThat(acquired(5)).isEqualTo(3);
		assertThat(this.limiter.acquire("ada")).isEqualTo(Duration.ofSeconds(10));
		advance(Duration.ofSeconds(9));
		assertThat(this.limiter.acquire("ada")).isEqualTo(Duration.ofSeconds(1));
		advance(Duration.ofSeconds(1));
		assertThat(acquired(5)).isOne();
		advance(Duration.ofSeconds(20));
		assertThat(acquired(5)).isEqualTo(2);
	}

	@Test
	void allowanceIsNeverMoreThanMaximum() {
		advance(Duration.ofDays(2));
		assertThat(acquired(5)).isEqualTo(3);
		advance(Duration.ofDays(2));
		assertThat(acquired(5)).isEqualTo(3);
	}

	@Test
	void keysDoNotAffectEachOther() {
		assertThat(acquired(5)).isEqualTo(3);
		assertThat(this.limiter.acquire("grace")).isZero();
	}

	@Test
	void releasedIsAvailableAgain() {
		assertThat(acquired(5)).isEqualTo(3);
		this.limiter.release("ada");
		assertThat(acquired(5)).isOne();
		this.limiter.release("nobody");
	}

	@Test
	void statusTellsWhatIsLeftAndWhenOneMoreIs() {
		assertThat(status("nobody")).isEqualTo(left(3, Duration.ZERO));
		assertThat(acquired(1)).isOne();
		assertThat(status("ada")).isEqualTo(left(2, Duration.ofSeconds(10)));
		advance(Duration.ofSeconds(4));
		assertThat(status("ada")).isEqualTo(left(2, Duration.ofSeconds(6)));
		assertThat(acquired(5)).isEqualTo(2);
		assertThat(status("ada")).isEqualTo(left(0, Duration.ofSeconds(6)));
		assertThat(this.limiter.acquire("ada")).isEqualTo(Duration.ofSeconds(6));
	}

	private QuotaStatus status(String key) {
		return this.limiter.status("attempts", key);
	}

	private static QuotaStatus left(int remaining, Duration reset) {
		return new QuotaStatus("attempts", 3, remaining, Duration.ofSeconds(30), reset);
	}

	private long acquired(int attempts) {
		return IntStream.range(0, attempts).filter((_) -> this.limiter.acquire("ada").isZero()).count();
	}

	private void advance(Duration time) {
		this.nanos += time.toNanos();
	}

}
