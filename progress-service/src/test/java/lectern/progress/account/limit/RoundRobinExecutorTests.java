package lectern.progress.account.limit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import lectern.progress.account.limit.RoundRobinExecutor.AddressQueueFullException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The only thread is busy while work is queued, and is then released. */
class RoundRobinExecutorTests {

	private final RoundRobinExecutor executor = new RoundRobinExecutor("test", 1, 4, 6);

	private final CountDownLatch busy = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final Queue<String> done = new ConcurrentLinkedQueue<>();

	private Mono<Boolean> first;

	@BeforeEach
	void occupyThread() throws InterruptedException {
		this.first = execute("first", () -> {
			this.busy.countDown();
			return this.release.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}).cache();
		this.first.subscribe();
		assertThat(this.busy.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		this.executor.destroy();
	}

	@Test
	void addressesTakeTurns() {
		Flux<String> all = Flux
			.mergeSequential(work("flood", "1"), work("flood", "2"), work("flood", "3"), work("a", "4"), work("b", "5"))
			.cache();
		all.subscribe();
		this.release.countDown();
		all.blockLast(HANG_LIMIT);
		assertThat(this.done).containsExactly("1", "4", "5", "2", "3");
	}

	@Test
	void fullQueueOfAddressRejectsOnlyThatAddress() {
		List<Mono<String>> queued = start("flood", 4);
		StepVerifier.create(work("flood", "5")).expectError(AddressQueueFullException.class).verify(HANG_LIMIT);
		Mono<String> other = start(work("a", "6"));
		this.release.countDown();
		assertThat(other.block(HANG_LIMIT)).isEqualTo("6");
		queued.forEach((work) -> assertThat(work.block(HANG_LIMIT)).isNotNull());
	}

	@Test
	void longestQueueGivesUpItsNewestWorkForAddressWithLess() {
		List<Mono<String>> flood = start("flood", 4);
		List<Mono<String>> others = start("a", 2);
		Mono<String> late = start(work("b", "late"));
		StepVerifier.create(flood.getLast()).expectError(AddressQueueFullException.class).verify(HANG_LIMIT);
		assertThat(this.executor.queued()).isEqualTo(6);
		this.release.countDown();
		assertThat(late.block(HANG_LIMIT)).isEqualTo("late");
		others.forEach((work) -> assertThat(work.block(HANG_LIMIT)).isNotNull());
	}

	@Test
	void fullQueuesOfManyAddressesRejectWork() {
		for (String address : List.of("a", "b", "c", "d", "e", "f")) {
			start(work(address, address));
		}
		StepVerifier.create(work("g", "g"))
			.expectErrorMatches((failure) -> failure instanceof RejectedExecutionException
					&& !(failure instanceof AddressQueueFullException))
			.verify(HANG_LIMIT);
	}

	@Test
	void cancelledWorkIsDroppedWhileItWaits() {
		Disposable left = work("a", "left").subscribe();
		Mono<String> stays = start(work("a", "stays"));
		left.dispose();
		assertThat(this.executor.queued()).isOne();
		this.release.countDown();
		stays.block(HANG_LIMIT);
		assertThat(this.done).containsExactly("stays");
		assertThat(this.executor.queued()).isZero();
	}

	@Test
	void failureOfWorkIsEmittedAndThreadGoesOn() {
		this.release.countDown();
		StepVerifier.create(execute("a", () -> {
			throw new IllegalStateException("expected");
		})).expectErrorMessage("expected").verify(HANG_LIMIT);
		assertThat(work("a", "next").block(HANG_LIMIT)).isEqualTo("next");
		assertThat(this.first.block(HANG_LIMIT)).isTrue();
	}

	private List<Mono<String>> start(String address, int count) {
		return Flux.range(0, count)
			.map((i) -> start(work(address, address + i)))
			.collectList()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
	}

	/** Return the result of work that is queued now. */
	private static Mono<String> start(Mono<String> work) {
		Mono<String> started = work.cache();
		started.subscribe((_) -> {
		}, (_) -> {
		});
		return started;
	}

	private Mono<String> work(String address, String name) {
		return execute(address, () -> {
			this.done.add(name);
			return name;
		});
	}

	private <T> Mono<T> execute(String address, Callable<T> work) {
		return this.executor.execute(work).contextWrite(new ClientAddress(address)::addTo);
	}

}
