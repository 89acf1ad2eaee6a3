package lectern.progress.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import lectern.streaming.Following;
import lectern.streaming.postgres.Wakeups;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.command.JoinedPaths.Change;
import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.path.PathStream;

/**
 * Looks at gates when something may have passed them: a book was finished, or the path is
 * another one now. It also looks again after each command on a path, which may have been
 * decided on books that were finished a moment later. To look twice changes nothing, so
 * it moves on only after it has looked, one thing after another.
 */
@Component
class GateFollower extends Following {

	private static final int PAGE = 256;

	/** The log grows by the thousand where readers report; nobody waits for a gate. */
	private static final Duration GATHERING = Duration.ofMillis(50);

	private final JoinedPaths joined;

	private final Paths paths;

	private final Wakeups wakeups;

	GateFollower(JoinedPaths joined, Paths paths, Wakeups wakeups) {
		super("Gates are not looked at");
		this.joined = joined;
		this.paths = paths;
		this.wakeups = wakeups;
	}

	/** A page of the log and a change of a path, or a wait for the next. */
	@Override
	protected Mono<Boolean> step() {
		Mono<Boolean> woken = this.wakeups.next().then(Mono.delay(GATHERING)).thenReturn(false);
		return takePage()
			.flatMap((page) -> takeChange().flatMap((change) -> (page || change) ? Mono.just(true) : woken));
	}

	private Mono<Boolean> takePage() {
		return this.joined.next(PAGE)
			.flatMap((page) -> page.isEmpty() ? Mono.just(false) : take(page).thenReturn(true));
	}

	private Mono<Void> take(List<Happening> page) {
		return Flux.fromIterable(page)
			.concatMap(this.joined::learn)
			.thenMany(Flux.fromIterable(page).concatMap(this::concerned))
			.flatMapIterable(Function.identity())
			.distinct()
			.concatMap(this::look)
			.then(this.joined.settle(page.getLast()));
	}

	private Mono<List<PathStream>> concerned(Happening event) {
		return event.path()
			.map((stream) -> Mono.just(event.leaves() ? List.<PathStream>of() : List.of(stream)))
			.orElseGet(() -> this.joined.of(event.reader()));
	}

	private Mono<Boolean> takeChange() {
		return this.joined.change()
			.flatMap((change) -> lookOn(change, "").then(this.joined.settle(change)).thenReturn(true))
			.defaultIfEmpty(false);
	}

	private Mono<Void> lookOn(Change change, String after) {
		return this.joined.on(change.path(), after, PAGE)
			.flatMap((some) -> some.isEmpty() ? Mono.empty()
					: Flux.fromIterable(some)
						.concatMap(this::look)
						.then(Mono.defer(() -> lookOn(change, some.getLast().reader()))));
	}

	private Mono<Void> look(PathStream stream) {
		return this.paths.obey(stream, (_) -> {
		}, (receivedAt, standing) -> new EvaluateGates(stream.reader(), standing.path(), standing.finished(),
				receivedAt))
			.then();
	}

}
