package lectern.progress.reader;

import java.time.Duration;
import java.util.stream.IntStream;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final Passwords passwords = new Passwords(1, 2);

	@AfterEach
	void stop() {
		this.passwords.destroy();
	}

	@Test
	void oneHashedIsTheSameOnlyAsItself() {
		String hash = this.passwords.hash("open sesame").block(SOON);
		assertThat(this.passwords.matches("open sesame", hash).block(SOON)).isTrue();
		assertThat(this.passwords.matches("open Sesame", hash).block(SOON)).isFalse();
		assertThat(this.passwords.hash("open sesame").block(SOON)).isNotEqualTo(hash);
	}

	@Test
	void charactersComposedAnotherWayAreTheSame() {
		String hash = this.passwords.hash("caf\u00e9 caf\u00e9").block(SOON);
		assertThat(this.passwords.matches("cafe\u0301 cafe\u0301", hash).block(SOON)).isTrue();
	}

	@Test
	void whatNobodyHasIsNoPasswordButTakesItsTime() {
		assertThat(this.passwords.matches("nobody", null).block(SOON)).isFalse();
		long known = time(this.passwords.hash("open sesame").block(SOON));
		long unknown = time(null);
		assertThat(unknown).isGreaterThan(known / 4);
	}

	private long time(String hash) {
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = System.nanoTime();
			this.passwords.matches("closed sesame", hash).block(SOON);
			shortest = Math.min(shortest, System.nanoTime() - start);
		}
		return shortest;
	}

	@Test
	void workIsDoneOnThreadsForPasswordsAlone() {
		Mono<String> thread = this.passwords.hash("open sesame").map((_) -> Thread.currentThread().getName());
		assertThat(thread.subscribeOn(Schedulers.parallel()).block(SOON)).startsWith("passwords-");
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
			.blockOptional(SOON)
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
