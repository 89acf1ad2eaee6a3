package lectern.progress.reader;

import java.util.stream.IntStream;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTests {

	private final Passwords passwords = new Passwords(1, 2);

	@AfterEach
	void stop() {
		this.passwords.destroy();
	}

	@Test
	void oneHashedIsTheSameOnlyAsItself() {
		String hash = this.passwords.hash("open sesame").block(HANG_LIMIT);
		assertThat(this.passwords.matches("open sesame", hash).block(HANG_LIMIT)).isTrue();
		assertThat(this.passwords.matches("open Sesame", hash).block(HANG_LIMIT)).isFalse();
		assertThat(this.passwords.hash("open sesame").block(HANG_LIMIT)).isNotEqualTo(hash);
	}

	@Test
	void charactersComposedAnotherWayAreTheSame() {
		String hash = this.passwords.hash("caf\u00e9 caf\u00e9").block(HANG_LIMIT);
		assertThat(this.passwords.matches("cafe\u0301 cafe\u0301", hash).block(HANG_LIMIT)).isTrue();
	}

	@Test
	void whatNobodyHasIsNoPasswordButTakesItsTime() {
		assertThat(this.passwords.matches("nobody", null).block(HANG_LIMIT)).isFalse();
		long known = time(this.passwords.hash("open sesame").block(HANG_LIMIT));
		long unknown = time(null);
		assertThat(unknown).isGreaterThan(known / 4);
	}

	private long time(String hash) {
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = System.nanoTime();
			this.passwords.matches("closed sesame", hash).block(HANG_LIMIT);
			shortest = Math.min(shortest, System.nanoTime() - start);
		}
		return shortest;
	}

	@Test
	void workIsDoneOnThreadsForPasswordsAlone() {
		Mono<String> thread = this.passwords.hash("open sesame").map((_) -> Thread.currentThread().getName());
		assertThat(thread.subscribeOn(Schedulers.parallel()).block(HANG_LIMIT)).startsWith("passwords-");
	}

	@Test
	void whoeverDoesNotFitInTheQueueIsToldToComeAgain() {
		long refused = Flux.fromStream(IntStream.range(0, 8).boxed())
			.flatMap((_) -> this.passwords.hash("open sesame")
				.map((_) -> false)
				.onErrorResume(Problem.class, (problem) -> Mono.just(problem.type().equals(ProblemType.UNAVAILABLE))),
					8)
			.filter((busy) -> busy)
			.count()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
		assertThat(refused).isBetween(5L, 6L);
	}

	@Test
	void lengthsAreCountedInCharacters() {
		assertThat(Passwords.objection("1234567")).isNotNull();
		assertThat(Passwords.objection("\uD83D\uDCD6".repeat(200))).isNull();
		assertThat(Passwords.objection("x".repeat(201))).isNotNull();
	}

}
