package lectern.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.ReactorNetty;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopCountTests {

	private final String before = System.getProperty(ReactorNetty.IO_WORKER_COUNT);

	@BeforeEach
	void clear() {
		System.clearProperty(ReactorNetty.IO_WORKER_COUNT);
	}

	@AfterEach
	void restore() {
		clear();
		if (this.before != null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT, this.before);
		}
	}

	@Test
	void thereIsOneForEachCore() {
		EventLoopCount.limitToCores();

		assertThat(System.getProperty(ReactorNetty.IO_WORKER_COUNT))
			.isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
	}

	@Test
	void optionOfTheUserIsKept() {
		System.setProperty(ReactorNetty.IO_WORKER_COUNT, "7");

		EventLoopCount.limitToCores();

		assertThat(System.getProperty(ReactorNetty.IO_WORKER_COUNT)).isEqualTo("7");
	}

}
