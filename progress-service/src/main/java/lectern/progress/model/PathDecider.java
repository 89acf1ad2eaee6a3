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
 * The rules of a path. A gate that is passed or waived stays so, whatever is read again
 * and whatever the path becomes: what is added to it later binds only gates that are not.
 * A path that is removed takes in nobody more, and those who are on it walk on.
 */
public final class PathDecider {

	private PathDecider() {
	}

	/** Decide what a command leads to; changes nothing. */
	public static PathDecision decide(PathCommand command, PathProgress progress) {
		return switch (progress) {
			case Joined joined -> decideJoined(command, joined.resolvedGates());
			case NotJoined away -> decideNotJoined(command, away.resolvedGates());
		};
	}

	/** The progress after an event. */
	public static PathProgress evolve(PathProgress progress, PathEvent event) {
		return switch (progress) {
			case NotJoined away -> switch (event) {
				case PathJoined joined -> new Joined(joined.occurredAt(), away.resolvedGates());
				case PathLeft _, GatePassed _, GateWaived _ ->
					throw new IllegalStateException("A way along a path begins by joining it");
			};
			case Joined joined -> switch (event) {
				case PathJoined _ -> throw new IllegalStateException("Who has joined does not join again");
				case PathLeft _ -> new NotJoined(joined.resolvedGates());
				case GatePassed passed -> new Joined(joined.since(), joined.resolvedGates().withPassed(passed.gate()));
				case GateWaived waived -> new Joined(joined.since(), joined.resolvedGates().withWaived(waived.gate()));
			};
		};
	}

	private static PathDecision decideJoined(PathCommand command, ResolvedGates settled) {
		return switch (command) {
			case JoinPath _ -> new Accepted(List.of());
			case LeavePath leave -> new Accepted(List.of(new PathLeft(leave.receivedAt())));
			case WaiveGate waive when settled.contains(waive.gate()) -> new Accepted(List.of());
			case WaiveGate waive -> waive(waive, settled);
			case EvaluateGates evaluate ->
				new Accepted(passGates(evaluate.path(), evaluate.finished(), settled, evaluate.receivedAt()));
		};
	}

	private static PathDecision decideNotJoined(PathCommand command, ResolvedGates settled) {
		return switch (command) {
			case JoinPath join -> join(join, settled);
			case LeavePath _, WaiveGate _ -> PathRejection.NOT_JOINED;
			case EvaluateGates _ -> new Accepted(List.of());
		};
	}

	private static PathDecision join(JoinPath command, ResolvedGates settled) {
		LearningPath path = command.path();
		if (path == null || path.removed()) {
			return PathRejection.UNKNOWN_PATH;
		}
		List<PathEvent> events = new ArrayList<>();
		events.add(new PathJoined(command.reader(), path.id(), path.title(), command.receivedAt()));
		events.addAll(passGates(path, command.finished(), settled, command.receivedAt()));
		return new Accepted(events);
	}

	private static PathDecision waive(WaiveGate command, ResolvedGates settled) {
		LearningPath path = command.path();
		if (path == null || path.gate(command.gate()).isEmpty()) {
			return PathRejection.NO_SUCH_GATE;
		}
		List<PathEvent> events = new ArrayList<>();
		events.add(new GateWaived(command.gate(), command.receivedAt()));
		events.addAll(passGates(path, command.finished(), settled.withWaived(command.gate()), command.receivedAt()));
		return new Accepted(events);
	}

	/** One gate after another, since each that passes may open others. */
	private static List<PathEvent> passGates(@Nullable LearningPath path, Set<String> finished, ResolvedGates before,
			Instant now) {
		if (path == null) {
			return List.of();
		}
		List<PathEvent> passes = new ArrayList<>();
		ResolvedGates settled = before;
		Optional<Gate> next = nextSatisfiedGate(path, finished, settled);
		while (next.isPresent()) {
			Gate gate = next.get();
			passes.add(new GatePassed(gate.id(), gate.finishedSteps(finished), now));
			settled = settled.withPassed(gate.id());
			next = nextSatisfiedGate(path, finished, settled);
		}
		return passes;
	}

	private static Optional<Gate> nextSatisfiedGate(LearningPath path, Set<String> finished, ResolvedGates settled) {
		return path.gates()
			.stream()
			.filter((gate) -> gate.state(settled) == GateState.OPEN && gate.isSatisfiedBy(finished))
			.findFirst();
	}

}
