package lectern.progress.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

	private final List<Integer> started = new CopyOnWriteArrayList<>();

	private final Sinks.Empty<Void> first = Sinks.empty();

	@Test
	void tasksOfOneKeyRunInOrder() {
		run("one", 1, this.first.asMono());
		run("one", 2, Mono.empty());
		Mono<Void> last = run("one", 3, Mono.empty());
		run("other", 4, Mono.empty());
		assertThat(this.started).containsExactly(1, 4);
		this.first.tryEmitEmpty();
		StepVerifier.create(last).expectComplete().verify(HANG_LIMIT);
		assertThat(this.started).containsExactly(1, 4, 2, 3);
	}

	@Test
	void failedTaskReleasesKey() {
		run("one", 1, this.first.asMono());
		Mono<Void> second = run("one", 2, Mono.empty());
		this.first.tryEmitError(new IllegalStateException("failed"));
		StepVerifier.create(second).expectComplete().verify(HANG_LIMIT);
		assertThat(this.started).containsExactly(1, 2);
	}

	@Test
	void cancellationReleasesKeyOnlyIfHeld() {
		Disposable running = this.executor.runExclusively("one", Mono.never()).subscribe();
		Disposable queued = this.executor.runExclusively("one", Mono.never()).subscribe();
		Mono<Void> third = run("one", 3, Mono.empty());
		queued.dispose();
		assertThat(this.started).isEmpty();
		running.dispose();
		StepVerifier.create(third).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void longestQueueIsShownBesideItsLimit() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.executor.bindTo(registry);
		assertThat(registry.get("lectern.command.queue").gauge().value()).isZero();
		run("one", 1, this.first.asMono());
		run("one", 2, Mono.empty());
		run("one", 3, Mono.empty());
		run("other", 4, Mono.never());
		run("other", 5, Mono.empty());
		assertThat(registry.get("lectern.command.queue").gauge().value()).isEqualTo(2);
		assertThat(registry.get("lectern.command.queue.limit").gauge().value())
			.isEqualTo(KeyedSerialExecutor.MAX_QUEUED);
	}

	@Test
	void fullQueueRejectsTask() {
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
		assertThat(this.started).isSorted().hasSize(1 + KeyedSerialExecutor.MAX_QUEUED);
	}

	/** Submits a task; the returned publisher only observes it. */
	private Mono<Void> run(String key, int number, Mono<Void> task) {
		Mono<Void> result = this.executor
			.runExclusively(key, Mono.fromRunnable(() -> this.started.add(number)).then(task))
			.cache();
		result.subscribe(null, (_) -> {
		});
		return result;
	}

}
