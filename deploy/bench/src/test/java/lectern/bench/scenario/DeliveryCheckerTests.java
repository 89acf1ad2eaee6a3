package lectern.bench.scenario;

import lectern.bench.crowd.EventIds;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryCheckerTests {

	private final DeliveryChecker checker = new DeliveryChecker(2);

	@Test
	void completeSequenceHasNoOutOfOrderEvent() {
		receive(0, "a", "b", "c");
		receive(1, "a", "b", "c");

		assertThat(this.checker.delivered()).isEqualTo(6);
		assertThat(this.checker.outOfOrder()).isZero();
	}

	@Test
	void gapIsCountedAsOutOfOrder() {
		receive(0, "a", "b", "c", "d");
		receive(1, "a", "c", "d");

		assertThat(this.checker.delivered()).isEqualTo(7);
		assertThat(this.checker.outOfOrder()).isOne();
	}

	@Test
	void duplicateIsCountedAsOutOfOrder() {
		receive(0, "a", "b", "c");
		receive(1, "a", "b", "b", "c");

		assertThat(this.checker.outOfOrder()).isOne();
	}

	@Test
	void duplicateOfFirstSubscriberIsCountedAsOutOfOrder() {
		receive(0, "a", "b", "a", "c");

		assertThat(this.checker.outOfOrder()).isOne();
		assertThat(this.checker.delivered()).isEqualTo(4);
	}

	private void receive(int subscriber, String... ids) {
		for (String id : ids) {
			this.checker.onEvent(subscriber, EventIds.of(id), System.nanoTime());
		}
	}

}
