package lectern.progress.account;

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
		long known = time(this.passwordHasher.hash("open sesame").block(HANG_LIMIT));
		long unknown = time(null);
		assertThat(unknown).isGreaterThan(known / 4);
	}

	private long time(String hash) {
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = System.nanoTime();
			this.passwordHasher.matches("closed sesame", hash).block(HANG_LIMIT);
			shortest = Math.min(shortest, System.nanoTime() - start);
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
