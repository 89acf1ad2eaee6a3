package lectern.progress.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import lectern.progress.command.PathMembershipProjection.PathChange;
import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.postgreslog.LogNotifications;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Looks at gates when something may have passed them: a book was finished, or the path is
 * another one now. It also looks again after each command on a path, which may have been
 * decided on books that were finished a moment later. To look twice changes nothing, so
 * it moves on only after it has looked, one thing after another.
 */
@Component
class GateProcessManager extends BackgroundLoop {

	private static final int PAGE_SIZE = 256;

	/** The log grows by the thousand where readers report; nobody waits for a gate. */
	private static final Duration BATCH_DELAY = Duration.ofMillis(50);

	private final PathMembershipProjection memberships;

	private final PathCommandHandler commandHandler;

	private final LogNotifications wakeups;

	GateProcessManager(PathMembershipProjection joined, PathCommandHandler paths, LogNotifications wakeups) {
		super("Gates are not looked at");
		this.memberships = joined;
		this.commandHandler = paths;
		this.wakeups = wakeups;
	}

	/** A page of the log and a change of a path, or a wait for the next. */
	@Override
	protected Mono<Boolean> step() {
		Mono<Boolean> woken = this.wakeups.next().then(Mono.delay(BATCH_DELAY)).thenReturn(false);
		return processPage()
			.flatMap((page) -> processChange().flatMap((change) -> (page || change) ? Mono.just(true) : woken));
	}

	private Mono<Boolean> processPage() {
		return this.memberships.nextTriggers(PAGE_SIZE)
			.flatMap((page) -> page.isEmpty() ? Mono.just(false) : process(page).thenReturn(true));
	}

	private Mono<Void> process(List<GateTrigger> page) {
		return Flux.fromIterable(page)
			.concatMap(this.memberships::apply)
			.thenMany(Flux.fromIterable(page).concatMap(this::affectedStreams))
			.flatMapIterable(Function.identity())
			.distinct()
			.concatMap(this::evaluateGates)
			.then(this.memberships.acknowledge(page.getLast()));
	}

	private Mono<List<PathStreamId>> affectedStreams(GateTrigger event) {
		return event.path()
			.map((stream) -> Mono.just(event.isLeave() ? List.<PathStreamId>of() : List.of(stream)))
			.orElseGet(() -> this.memberships.pathsOf(event.reader()));
	}

	private Mono<Boolean> processChange() {
		return this.memberships.nextChange()
			.flatMap(
					(change) -> evaluateMembers(change, "").then(this.memberships.acknowledge(change)).thenReturn(true))
			.defaultIfEmpty(false);
	}

	private Mono<Void> evaluateMembers(PathChange change, String after) {
		return this.memberships.membersOf(change.path(), after, PAGE_SIZE)
			.flatMap((some) -> some.isEmpty() ? Mono.empty()
					: Flux.fromIterable(some)
						.concatMap(this::evaluateGates)
						.then(Mono.defer(() -> evaluateMembers(change, some.getLast().reader()))));
	}

	private Mono<Void> evaluateGates(PathStreamId stream) {
		return this.commandHandler.handle(stream, (_) -> {
		}, (receivedAt, standing) -> new EvaluateGates(stream.reader(), standing.path(), standing.finishedBooks(),
				receivedAt))
			.then();
	}

}
