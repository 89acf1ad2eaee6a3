package lectern.local;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartPauseTests {

	private final RestartPause pause = RestartPause.usual();

	@Test
	void doublesUpToTheLongest() {
		// Half of one is in the middle of the jitter.
		RestartPause even = new RestartPause(this.pause.first(), this.pause.longest(), this.pause.steady(),
				new Random() {
					@Override
					public double nextDouble(double least, double bound) {
						return (least + bound) / 2;
					}
				});

		assertThat(even.after(0)).hasMillis(500);
		assertThat(even.after(1)).hasMillis(1000);
		assertThat(even.after(5)).hasMillis(16000);
		assertThat(even.after(6)).hasMillis(30000);
		assertThat(even.after(5000)).hasMillis(30000);
	}

	@RepeatedTest(20)
	void isNeverQuiteTheSame() {
		assertThat(this.pause.after(1)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
	}

}
