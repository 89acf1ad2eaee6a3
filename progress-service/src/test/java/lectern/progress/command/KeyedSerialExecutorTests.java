package lectern.progress.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class KeyedSerialExecutorTests {

	private final KeyedSerialExecutor executor = new KeyedSerialExecutor();

	private final List<Integer> begun = new CopyOnWriteArrayList<>();

	private final Sinks.Empty<Void> first = Sinks.empty();

	@Test
	void workOfOneKeyRunsInOrder() {
		run("one", 1, this.first.asMono());
		run("one", 2, Mono.empty());
		Mono<Void> last = run("one", 3, Mono.empty());
		run("other", 4, Mono.empty());
		assertThat(this.begun).containsExactly(1, 4);
		this.first.tryEmitEmpty();
		StepVerifier.create(last).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).containsExactly(1, 4, 2, 3);
	}

	@Test
	void failedWorkReleasesKey() {
		run("one", 1, this.first.asMono());
		Mono<Void> second = run("one", 2, Mono.empty());
		this.first.tryEmitError(new IllegalStateException("refused"));
		StepVerifier.create(second).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).containsExactly(1, 2);
	}

	@Test
	void cancellationReleasesKeyOnlyIfHeld() {
		Disposable has = this.executor.runExclusively("one", Mono.never()).subscribe();
		Disposable waits = this.executor.runExclusively("one", Mono.never()).subscribe();
		Mono<Void> third = run("one", 3, Mono.empty());
		waits.dispose();
		assertThat(this.begun).isEmpty();
		has.dispose();
		StepVerifier.create(third).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void fullQueueRejectsWork() {
		run("one", 0, this.first.asMono());
		Mono<Void> last = Mono.empty();
		for (int number = 1; number <= KeyedSerialExecutor.MAX_QUEUED; number++) {
			last = run("one", number, Mono.empty());
		}
		StepVerifier.create(this.executor.runExclusively("one", Mono.empty()))
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
		this.first.tryEmitEmpty();
		StepVerifier.create(last).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).isSorted().hasSize(1 + KeyedSerialExecutor.MAX_QUEUED);
	}

	/** Taken at once, whoever waits for it. */
	private Mono<Void> run(String stream, int number, Mono<Void> work) {
		Mono<Void> taken = this.executor
			.runExclusively(stream, Mono.fromRunnable(() -> this.begun.add(number)).then(work))
			.cache();
		taken.subscribe(null, (_) -> {
		});
		return taken;
	}

}
