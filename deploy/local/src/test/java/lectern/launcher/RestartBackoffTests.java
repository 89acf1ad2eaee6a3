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
		// Half of one is in the middle of the jitter.
		RestartBackoff even = new RestartBackoff(this.backoff.initialDelay(), this.backoff.maxDelay(),
				this.backoff.resetAfter(), new Random() {
					@Override
					public double nextDouble(double least, double bound) {
						return (least + bound) / 2;
					}
				});

		assertThat(even.delayAfter(0)).hasMillis(500);
		assertThat(even.delayAfter(1)).hasMillis(1000);
		assertThat(even.delayAfter(5)).hasMillis(16000);
		assertThat(even.delayAfter(6)).hasMillis(30000);
		assertThat(even.delayAfter(5000)).hasMillis(30000);
	}

	@RepeatedTest(20)
	void delayHasJitter() {
		assertThat(this.backoff.delayAfter(1)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
	}

}
