package lectern.launcher.demo;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConcurrentTasksTests {

	private final List<Integer> items = IntStream.range(0, 50).boxed().toList();

	@Test
	void resultsHaveOrderOfItems() throws Exception {
		assertThat(ConcurrentTasks.map(this.items, (item) -> item * 2))
			.isEqualTo(this.items.stream().map((item) -> item * 2).toList());
	}

	@Test
	void failureOfTaskIsThrownAsItIs() {
		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> ConcurrentTasks.map(this.items, (item) -> {
			if (item == 7) {
				throw new DemoException("Seven is refused.");
			}
			return item;
		})).withMessage("Seven is refused.");
	}

	@Test
	void stopOfTaskEndsWait() {
		StopSignal stop = new StopSignal();
		stop.stop();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> ConcurrentTasks.map(this.items, (item) -> {
				stop.pause(Duration.ofMinutes(1));
				return item;
			}));
	}

}
