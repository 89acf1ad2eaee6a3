package lectern.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class ConcurrencyLimitTests {

	private static final long FAST = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(20);

	private final ConcurrencyLimit limit = new ConcurrencyLimit(1000, 0);

	private long now;

	@Test
	void limitFallsWhileResponsesAreSlowAndRisesAgain() {
		record(FAST, 64);
		int before = this.limit.limit();
		record(SLOW, 64);
		assertThat(this.limit.limit()).isLessThan(before);
		record(SLOW, 64 * 100);
		assertThat(this.limit.limit()).isEqualTo(ConcurrencyLimit.MIN_LIMIT);
		takeAll();
		record(FAST, 64);
		assertThat(this.limit.limit()).isGreaterThan(ConcurrencyLimit.MIN_LIMIT);
	}

	@Test
	void singleSlowResponsesDoNotLowerLimit() {
		int before = this.limit.limit();
		for (int i = 0; i < 64; i++) {
			record(FAST, 40);
			record(SLOW, 24);
		}
		assertThat(this.limit.limit()).isGreaterThanOrEqualTo(before);
	}

	@Test
	void limitDoesNotRiseWithoutNeed() {
		int before = this.limit.limit();
		record(FAST, 6400);
		assertThat(this.limit.limit()).isEqualTo(before);
	}

	@Test
	void serviceThatHasBecomeSlowerGetsItsConcurrencyBack() {
		record(FAST, 64);
		record(SLOW, 64 * 100);
		takeAll();
		// Five minutes.
		for (int i = 0; i < 300; i++) {
			this.now += TimeUnit.SECONDS.toNanos(1);
			record(SLOW, 64);
		}
		assertThat(this.limit.limit()).isGreaterThan(ConcurrencyLimit.MIN_LIMIT);
	}

	@Test
	void permitGoesToFirstWhoWaits() {
		takeAll();
		AtomicInteger granted = new AtomicInteger();
		assertThat(this.limit.enqueue(() -> granted.compareAndSet(0, 1))).isTrue();
		assertThat(this.limit.enqueue(() -> granted.compareAndSet(1, 2))).isTrue();
		assertThat(granted).hasValue(0);
		this.limit.release();
		assertThat(granted).hasValue(1);
		assertThat(this.limit.tryAcquire()).isFalse();
		this.limit.release();
		assertThat(granted).hasValue(2);
		this.limit.release();
		assertThat(this.limit.tryAcquire()).isTrue();
	}

	@Test
	void tooManyDoNotWait() {
		takeAll();
		int waiting = 0;
		while (this.limit.enqueue(() -> {
		})) {
			waiting++;
		}
		assertThat(waiting).isEqualTo(this.limit.limit() * 3);
	}

	@Test
	void whoNoLongerWaitsGetsNoPermit() {
		takeAll();
		AtomicInteger granted = new AtomicInteger();
		ConcurrencyLimit.Waiter waiter = granted::incrementAndGet;
		this.limit.enqueue(waiter);
		assertThat(this.limit.dequeue(waiter)).isTrue();
		this.limit.release();
		assertThat(granted).hasValue(0);
		assertThat(this.limit.dequeue(waiter)).isFalse();
	}

	private void takeAll() {
		int taken = 0;
		while (this.limit.tryAcquire()) {
			taken++;
		}
		assertThat(taken).isPositive();
	}

	private void record(long nanos, int count) {
		for (int i = 0; i < count; i++) {
			this.limit.record(nanos, this.now);
		}
	}

}
