package lectern.launcher;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartBackoffTests {

	private final RestartBackoff backoff = RestartBackoff.defaults();

	@Test
	void delayDoublesUpToMaximum() {
		RestartBackoff withoutJitter = new RestartBackoff(this.backoff.initialDelay(), this.backoff.maxDelay(),
				this.backoff.resetAfter(), new Random() {
					@Override
					public double nextDouble(double origin, double bound) {
						return (origin + bound) / 2;
					}
				});

		assertThat(withoutJitter.delayAfter(0)).hasMillis(500);
		assertThat(withoutJitter.delayAfter(1)).hasMillis(1000);
		assertThat(withoutJitter.delayAfter(5)).hasMillis(16000);
		assertThat(withoutJitter.delayAfter(6)).hasMillis(30000);
		assertThat(withoutJitter.delayAfter(5000)).hasMillis(30000);
	}

	@RepeatedTest(20)
	void delayHasJitter() {
		assertThat(this.backoff.delayAfter(1)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
	}

}
