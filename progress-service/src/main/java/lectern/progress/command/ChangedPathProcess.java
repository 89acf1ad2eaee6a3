package lectern.progress.command;

import java.time.Duration;
import java.util.List;

import lectern.progress.pathprogress.PathMembershipProjection;
import lectern.progress.pathprogress.PathStreamId;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.ChangeSignal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * Evaluates the gates of all members of a path after the path was changed. A change is
 * deleted only after the evaluation.
 */
@Component
class ChangedPathProcess extends BackgroundLoop {

	private static final int PAGE_SIZE = 256;

	/** Everything that is written to the log is a change, too. */
	private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

	private final DatabaseClient database;

	private final PathMembershipProjection memberships;

	private final GateEvaluator gates;

	private final ChangeSignal changes;

	ChangedPathProcess(DatabaseClient database, PathMembershipProjection memberships, GateEvaluator gates,
			ChangeSignal changes) {
		super("Gates of changed paths are not evaluated");
		this.database = database;
		this.memberships = memberships;
		this.gates = gates;
		this.changes = changes;
	}

	/** Process one change, or wait if there is none. */
	@Override
	protected Mono<Boolean> step() {
		Mono<Void> changed = this.changes.next();
		return nextChange()
			.flatMap((change) -> evaluateMembers(change.path(), "").then(delete(change)).thenReturn(true))
			.switchIfEmpty(Mono.delay(MIN_INTERVAL).then(changed).thenReturn(false));
	}

	private Mono<Void> evaluateMembers(String path, String after) {
		return this.memberships.membersOf(path, after, PAGE_SIZE)
			.flatMap((members) -> members.isEmpty() ? Mono.empty()
					: Flux.fromIterable(members)
						.concatMap(this.gates::evaluate)
						.then(Mono.defer(() -> evaluateMembers(path, lastReader(members)))));
	}

	private static String lastReader(List<PathStreamId> members) {
		return members.getLast().reader();
	}

	private Mono<PathChange> nextChange() {
		return this.database.sql("select path, change::text as change from changed_path limit 1")
			.map((row) -> new PathChange(required(row, "path", String.class), required(row, "change", String.class)))
			.one();
	}

	/** A later change of the same path stays. */
	private Mono<Void> delete(PathChange change) {
		return this.database.sql("delete from changed_path where path = :path and change = :change::uuid")
			.bind("path", change.path())
			.bind("change", change.id())
			.then();
	}

	/**
	 * A change of a path whose members have not been evaluated since.
	 *
	 * @param path the id of the path
	 * @param id a unique id of the change
	 */
	private record PathChange(String path, String id) {
	}

}
