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
 * Evaluates gates when they may be passed: after a book was finished and after a path has
 * changed. It also evaluates them again after each command on a path, since a book may
 * have been finished while the command was decided. A second evaluation changes nothing,
 * so the position is stored only after the evaluation, and events are processed one after
 * another.
 */
@Component
class GateProcessManager extends BackgroundLoop {

	private static final int PAGE_SIZE = 256;

	/**
	 * Collects notifications, since reports append by the thousand and gates are not
	 * urgent.
	 */
	private static final Duration BATCH_DELAY = Duration.ofMillis(50);

	private final PathMembershipProjection memberships;

	private final PathCommandHandler commandHandler;

	private final LogNotifications notifications;

	GateProcessManager(PathMembershipProjection memberships, PathCommandHandler commandHandler,
			LogNotifications notifications) {
		super("Gates are not evaluated");
		this.memberships = memberships;
		this.commandHandler = commandHandler;
		this.notifications = notifications;
	}

	/** Process a page of the log and one change of a path, or wait for a notification. */
	@Override
	protected Mono<Boolean> step() {
		Mono<Boolean> nextNotification = this.notifications.next().then(Mono.delay(BATCH_DELAY)).thenReturn(false);
		return processPage().flatMap(
				(page) -> processChange().flatMap((change) -> (page || change) ? Mono.just(true) : nextNotification));
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
			.flatMap((members) -> members.isEmpty() ? Mono.empty()
					: Flux.fromIterable(members)
						.concatMap(this::evaluateGates)
						.then(Mono.defer(() -> evaluateMembers(change, members.getLast().reader()))));
	}

	private Mono<Void> evaluateGates(PathStreamId stream) {
		return this.commandHandler.handle(stream, (_) -> {
		}, (receivedAt, state) -> new EvaluateGates(stream.reader(), state.path(), state.finishedBooks(), receivedAt))
			.then();
	}

}
