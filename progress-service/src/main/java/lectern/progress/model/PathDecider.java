package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathCommand.LeavePath;
import lectern.progress.model.PathCommand.WaiveGate;
import lectern.progress.model.PathDecision.Accepted;
import lectern.progress.model.PathEvent.GatePassed;
import lectern.progress.model.PathEvent.GateWaived;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.model.PathProgress.Joined;
import lectern.progress.model.PathProgress.NotJoined;
import org.jspecify.annotations.Nullable;

/**
 * The rules of learning paths, as pure functions. A passed or waived gate stays passed or
 * waived, whatever readings are reopened and however the path changes: steps added later
 * apply only to gates that are not resolved. Nobody can join a removed path; readers who
 * have joined stay on it.
 */
public final class PathDecider {

	private PathDecider() {
	}

	/** Decide a command, without side effects. */
	public static PathDecision decide(PathCommand command, PathProgress progress) {
		return switch (progress) {
			case Joined joined -> decideJoined(command, joined.resolvedGates());
			case NotJoined notJoined -> decideNotJoined(command, notJoined.resolvedGates());
		};
	}

	/** The progress after an event. */
	public static PathProgress evolve(PathProgress progress, PathEvent event) {
		return switch (progress) {
			case NotJoined notJoined -> switch (event) {
				case PathJoined joined -> new Joined(joined.occurredAt(), notJoined.resolvedGates());
				case PathLeft _, GatePassed _, GateWaived _ ->
					throw new IllegalStateException("The first event of a path must be a join");
			};
			case Joined joined -> switch (event) {
				case PathJoined _ -> throw new IllegalStateException("The reader has already joined the path");
				case PathLeft _ -> new NotJoined(joined.resolvedGates());
				case GatePassed passed -> new Joined(joined.since(), joined.resolvedGates().withPassed(passed.gate()));
				case GateWaived waived -> new Joined(joined.since(), joined.resolvedGates().withWaived(waived.gate()));
			};
		};
	}

	private static PathDecision decideJoined(PathCommand command, ResolvedGates resolved) {
		return switch (command) {
			case JoinPath _ -> new Accepted(List.of());
			case LeavePath leave -> new Accepted(List.of(new PathLeft(leave.receivedAt())));
			case WaiveGate waive when resolved.contains(waive.gate()) -> new Accepted(List.of());
			case WaiveGate waive -> waive(waive, resolved);
			case EvaluateGates evaluate ->
				new Accepted(passGates(evaluate.path(), evaluate.finished(), resolved, evaluate.receivedAt()));
		};
	}

	private static PathDecision decideNotJoined(PathCommand command, ResolvedGates resolved) {
		return switch (command) {
			case JoinPath join -> join(join, resolved);
			case LeavePath _, WaiveGate _ -> PathRejection.NOT_JOINED;
			case EvaluateGates _ -> new Accepted(List.of());
		};
	}

	private static PathDecision join(JoinPath command, ResolvedGates resolved) {
		LearningPath path = command.path();
		if (path == null || path.removed()) {
			return PathRejection.UNKNOWN_PATH;
		}
		List<PathEvent> events = new ArrayList<>();
		events.add(new PathJoined(command.reader(), path.id(), path.title(), command.receivedAt()));
		events.addAll(passGates(path, command.finished(), resolved, command.receivedAt()));
		return new Accepted(events);
	}

	private static PathDecision waive(WaiveGate command, ResolvedGates resolved) {
		LearningPath path = command.path();
		if (path == null || path.gate(command.gate()).isEmpty()) {
			return PathRejection.NO_SUCH_GATE;
		}
		List<PathEvent> events = new ArrayList<>();
		events.add(new GateWaived(command.gate(), command.receivedAt()));
		events.addAll(passGates(path, command.finished(), resolved.withWaived(command.gate()), command.receivedAt()));
		return new Accepted(events);
	}

	/** One gate after another, since each passed gate can open others. */
	private static List<PathEvent> passGates(@Nullable LearningPath path, Set<String> finished, ResolvedGates before,
			Instant now) {
		if (path == null) {
			return List.of();
		}
		List<PathEvent> passes = new ArrayList<>();
		ResolvedGates resolved = before;
		Optional<Gate> next = nextSatisfiedGate(path, finished, resolved);
		while (next.isPresent()) {
			Gate gate = next.get();
			passes.add(new GatePassed(gate.id(), gate.finishedSteps(finished), now));
			resolved = resolved.withPassed(gate.id());
			next = nextSatisfiedGate(path, finished, resolved);
		}
		return passes;
	}

	private static Optional<Gate> nextSatisfiedGate(LearningPath path, Set<String> finished, ResolvedGates resolved) {
		return path.gates()
			.stream()
			.filter((gate) -> gate.state(resolved) == GateState.OPEN && gate.isSatisfiedBy(finished))
			.findFirst();
	}

}
