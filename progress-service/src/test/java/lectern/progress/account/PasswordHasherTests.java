package lectern.progress.account;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class PasswordHasherTests {

	private final PasswordHasher passwordHasher = new PasswordHasher(1, 2, 2);

	@AfterEach
	void stop() {
		this.passwordHasher.destroy();
	}

	@Test
	void hashMatchesOnlyItsPassword() {
		String hash = this.passwordHasher.hash("open sesame").block(HANG_LIMIT);
		assertThat(this.passwordHasher.matches("open sesame", hash).block(HANG_LIMIT)).isTrue();
		assertThat(this.passwordHasher.matches("open Sesame", hash).block(HANG_LIMIT)).isFalse();
		assertThat(this.passwordHasher.hash("open sesame").block(HANG_LIMIT)).isNotEqualTo(hash);
	}

	@Test
	void unicodeNormalizationFormsMatch() {
		String hash = this.passwordHasher.hash("caf\u00e9 caf\u00e9").block(HANG_LIMIT);
		assertThat(this.passwordHasher.matches("cafe\u0301 cafe\u0301", hash).block(HANG_LIMIT)).isTrue();
	}

	@Test
	void missingHashNeverMatchesAndTakesAsLong() {
		assertThat(this.passwordHasher.matches("nobody", null).block(HANG_LIMIT)).isFalse();
		long known = cpuTime(this.passwordHasher.hash("open sesame").block(HANG_LIMIT));
		long unknown = cpuTime(null);
		assertThat(unknown).isGreaterThan(known / 4);
	}

	/**
	 * The shortest CPU time of a comparison, which depends less on the load of the
	 * machine than its duration does.
	 */
	private long cpuTime(String hash) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long thread = this.passwordHasher.hash("any password")
			.map((_) -> Thread.currentThread().threadId())
			.block(HANG_LIMIT);
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = threads.getThreadCpuTime(thread);
			this.passwordHasher.matches("closed sesame", hash).block(HANG_LIMIT);
			shortest = Math.min(shortest, threads.getThreadCpuTime(thread) - start);
		}
		return shortest;
	}

	@Test
	void hashingRunsOnItsOwnThreads() {
		Mono<String> thread = this.passwordHasher.hash("open sesame").map((_) -> Thread.currentThread().getName());
		assertThat(thread.subscribeOn(Schedulers.parallel()).block(HANG_LIMIT)).startsWith("passwords-");
	}

	@Test
	void fullQueueOfAddressIsTooManyAttempts() {
		assertThat(rejection(new PasswordHasher(1, 0, 2))).isEqualTo(TooManyAttempts.TYPE);
	}

	@Test
	void fullQueueOfAllAddressesIsUnavailable() {
		assertThat(rejection(new PasswordHasher(1, 2, 0))).isEqualTo(ProblemType.UNAVAILABLE);
	}

	@Test
	void queueIsShownBesideItsLimit() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		PasswordHasher busy = new PasswordHasher(1, 50, 64);
		busy.bindTo(registry);
		for (int number = 0; number < 50; number++) {
			busy.hash("open sesame").subscribe();
		}
		// The thread may have taken one already; all of them take it seconds.
		assertThat(registry.get("lectern.password.queue").gauge().value()).isPositive();
		assertThat(registry.get("lectern.password.queue.limit").gauge().value()).isEqualTo(64);
		busy.destroy();
	}

	private static ProblemType rejection(PasswordHasher full) {
		try {
			return full.hash("open sesame")
				.<ProblemType>then(Mono.empty())
				.onErrorResume(Problem.class, (problem) -> Mono.just(problem.type()))
				.block(HANG_LIMIT);
		}
		finally {
			full.destroy();
		}
	}

}
