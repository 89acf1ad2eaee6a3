package lectern.bench.row;

import org.junit.jupiter.api.Test;

import lectern.bench.crowd.Ids;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveriesTests {

	private final Deliveries deliveries = new Deliveries(2);

	@Test
	void everyEventOnceAndInOrderIsInOrder() {
		gets(0, "a", "b", "c");
		gets(1, "a", "b", "c");

		assertThat(this.deliveries.delivered()).isEqualTo(6);
		assertThat(this.deliveries.disorders()).isZero();
	}

	@Test
	void aGapIsSeen() {
		gets(0, "a", "b", "c", "d");
		gets(1, "a", "c", "d");

		assertThat(this.deliveries.delivered()).isEqualTo(7);
		assertThat(this.deliveries.disorders()).isOne();
	}

	@Test
	void aRepetitionIsSeen() {
		gets(0, "a", "b", "c");
		gets(1, "a", "b", "b", "c");

		assertThat(this.deliveries.disorders()).isOne();
	}

	@Test
	void theFirstOnesRepetitionIsSeenToo() {
		gets(0, "a", "b", "a", "c");

		assertThat(this.deliveries.disorders()).isOne();
		assertThat(this.deliveries.delivered()).isEqualTo(4);
	}

	private void gets(int subscriber, String... ids) {
		for (String id : ids) {
			this.deliveries.event(subscriber, Ids.of(id), System.nanoTime());
		}
	}

}
