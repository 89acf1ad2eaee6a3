package lectern.launcher;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A start of a process with the pid 7 that may make no progress for two minutes. */
class ProgressTimeoutTests {

	private final ProgressTimeout timeout = new ProgressTimeout(Duration.ofMinutes(2), 7);

	@Test
	void idleProgramIsGivenUpAtLimit() {
		assertThat(isExceeded(0, 7, 0, 0)).isFalse();
		assertThat(isExceeded(120, 7, 2.9, 0)).isFalse();
		assertThat(isExceeded(121, 7, 2.9, 0)).isTrue();
	}

	@Test
	void slowProgramThatConsumesCpuTimeIsAwaitedForHours() {
		for (int minute = 0; minute <= 180; minute++) {
			assertThat(isExceeded(60 * minute, 7, 3 * minute, 0)).as("minute " + minute).isFalse();
		}
	}

	@Test
	void programThatWritesItsLogIsAwaitedForHours() {
		for (int minute = 0; minute <= 180; minute++) {
			assertThat(isExceeded(60 * minute, 7, 0, 80 * minute)).as("minute " + minute).isFalse();
		}
	}

	@Test
	void programThatStopsMakingProgressIsGivenUp() {
		assertThat(isExceeded(0, 7, 0, 0)).isFalse();
		assertThat(isExceeded(600, 7, 20, 80)).isFalse();
		assertThat(isExceeded(720, 7, 20, 80)).isFalse();
		assertThat(isExceeded(721, 7, 20, 80)).isTrue();
	}

	@Test
	void limitBeginsWithTheFirstCall() {
		assertThat(isExceeded(600, 7, 0, 0)).isFalse();
		assertThat(isExceeded(721, 7, 0, 0)).isTrue();
	}

	@Test
	void cpuTimeOfEndedChildIsForgotten() {
		assertThat(isExceeded(0, 7, 100, 0)).isFalse();
		assertThat(isExceeded(60, 7, 10, 0)).isFalse();
		assertThat(isExceeded(110, 7, 14, 0)).isFalse();
		assertThat(isExceeded(230, 7, 14, 0)).isFalse();
		assertThat(isExceeded(231, 7, 14, 0)).isTrue();
	}

	@Test
	void restartedProgramMakesNoProgress() {
		assertThat(isExceeded(60, 7, 5, 80)).isFalse();
		assertThat(isExceeded(120, 8, 20, 160)).isFalse();

		assertThat(isExceeded(181, 9, 40, 240)).isTrue();
	}

	private boolean isExceeded(int seconds, long pid, double cpuSeconds, long logBytes) {
		return this.timeout.isExceeded(Duration.ofSeconds(seconds), pid, Duration.ofMillis((long) (cpuSeconds * 1_000)),
				logBytes);
	}

}
