package lectern.launcher;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A start of a process with the pid 7 that may take ten minutes. */
class StartTimeoutTests {

	private final StartTimeout timeout = new StartTimeout(Duration.ofMinutes(10), 7);

	@Test
	void idleProgramIsGivenUpAfterTwoMinutes() {
		assertThat(isExceeded(120, 7, 0)).isFalse();
		assertThat(isExceeded(121, 7, 0.9)).isTrue();
	}

	@Test
	void slowProgramThatConsumesCpuTimeIsAwaited() {
		for (int minute = 1; minute <= 10; minute++) {
			assertThat(isExceeded(60 * minute, 7, 2 * minute)).as("minute " + minute).isFalse();
		}
	}

	@Test
	void programThatIsNeverReadyIsGivenUpAtLimit() {
		for (int minute = 1; minute <= 10; minute++) {
			isExceeded(60 * minute, 7, 2 * minute);
		}

		assertThat(isExceeded(601, 7, 30)).isTrue();
	}

	@Test
	void restartedProgramMakesNoProgress() {
		assertThat(isExceeded(60, 7, 5)).isFalse();
		assertThat(isExceeded(120, 8, 20)).isFalse();

		assertThat(isExceeded(181, 9, 40)).isTrue();
	}

	private boolean isExceeded(int seconds, long pid, double cpuSeconds) {
		return this.timeout.isExceeded(Duration.ofSeconds(seconds), pid,
				Duration.ofMillis((long) (cpuSeconds * 1_000)));
	}

}
