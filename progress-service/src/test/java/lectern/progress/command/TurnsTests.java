package lectern.progress.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import lectern.progress.log.TestLog;
import lectern.web.Problem;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private final Turns turns = new Turns();

	private final List<Integer> begun = new CopyOnWriteArrayList<>();

	private final Sinks.Empty<Void> first = Sinks.empty();

	@Test
	void workOnOneStreamIsDoneInTheOrderInWhichItCame() {
		take("one", 1, this.first.asMono());
		take("one", 2, Mono.empty());
		Mono<Void> last = take("one", 3, Mono.empty());
		take("other", 4, Mono.empty());
		assertThat(this.begun).containsExactly(1, 4);
		this.first.tryEmitEmpty();
		StepVerifier.create(last).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).containsExactly(1, 4, 2, 3);
	}

	@Test
	void workThatFailsPassesTheTurnOn() {
		take("one", 1, this.first.asMono());
		Mono<Void> second = take("one", 2, Mono.empty());
		this.first.tryEmitError(new IllegalStateException("refused"));
		StepVerifier.create(second).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).containsExactly(1, 2);
	}

	@Test
	void whoLeavesPassesTheTurnOnOnlyIfItHasCome() {
		Disposable has = this.turns.take("one", Mono.never()).subscribe();
		Disposable waits = this.turns.take("one", Mono.never()).subscribe();
		Mono<Void> third = take("one", 3, Mono.empty());
		waits.dispose();
		assertThat(this.begun).isEmpty();
		has.dispose();
		StepVerifier.create(third).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void whoeverFindsTheLineTooLongIsToldAtOnce() {
		take("one", 0, this.first.asMono());
		Mono<Void> last = Mono.empty();
		for (int number = 1; number <= Turns.WAITING; number++) {
			last = take("one", number, Mono.empty());
		}
		StepVerifier.create(this.turns.take("one", Mono.empty())).expectError(Problem.class).verify(HANG_LIMIT);
		this.first.tryEmitEmpty();
		StepVerifier.create(last).expectComplete().verify(HANG_LIMIT);
		assertThat(this.begun).isSorted().hasSize(1 + Turns.WAITING);
	}

	/** Taken at once, whoever waits for it. */
	private Mono<Void> take(String stream, int number, Mono<Void> work) {
		Mono<Void> taken = this.turns.take(stream, Mono.fromRunnable(() -> this.begun.add(number)).then(work)).cache();
		taken.subscribe(null, (_) -> {
		});
		return taken;
	}

}
