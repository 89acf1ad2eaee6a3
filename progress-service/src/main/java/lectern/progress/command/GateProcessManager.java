package lectern.progress.command;

import java.util.List;
import java.util.function.Function;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.pathprogress.PathMembershipProjection;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.Projection;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.representation.ProgressEventTypes;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Evaluates gates when they may be passed: after a book was finished, or a reading was
 * returned. It also evaluates them again after each command on a path, since a book may
 * have been finished while the command was decided. A second evaluation changes nothing,
 * so the position is stored only after the evaluation, and events are processed one after
 * another.
 */
class GateProcessManager implements Projection {

	/** The types of the events after which gates may be passed. */
	static final List<String> TRIGGER_TYPES = List.of(ProgressEventTypes.READING_FINISHED,
			ProgressEventTypes.READING_RETURNED, ProgressEventTypes.PATH_JOINED, ProgressEventTypes.PATH_LEFT,
			ProgressEventTypes.GATE_PASSED, ProgressEventTypes.GATE_WAIVED);

	private final PathMembershipProjection memberships;

	private final ProjectionRunner membershipRunner;

	private final GateEvaluator gates;

	/**
	 * @param membershipRunner the runner of the memberships
	 */
	GateProcessManager(PathMembershipProjection memberships, ProjectionRunner membershipRunner, GateEvaluator gates) {
		this.memberships = memberships;
		this.membershipRunner = membershipRunner;
		this.gates = gates;
	}

	@Override
	public String name() {
		return "gates";
	}

	/** Waits for the memberships, which tell whom a finished book concerns. */
	@Override
	public Mono<Void> apply(List<StoredEvent> triggers) {
		return this.membershipRunner.reached(PathMembershipProjection.NAME, triggers.getLast().position())
			.thenMany(Flux.fromIterable(triggers))
			.concatMap(this::affectedStreams)
			.flatMapIterable(Function.identity())
			.distinct()
			.concatMap(this.gates::evaluate)
			.then();
	}

	/** Stores nothing but its position. */
	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return Mono.empty();
	}

	private Mono<List<PathStreamId>> affectedStreams(StoredEvent trigger) {
		return PathStreamId.parse(trigger.reader(), trigger.stream())
			.map((stream) -> Mono
				.just((trigger.payload() instanceof PathLeft) ? List.<PathStreamId>of() : List.of(stream)))
			.orElseGet(() -> this.memberships.pathsOf(trigger.reader()));
	}

}
