package lectern.progress.pathprogress;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;
import lectern.progress.model.Gate;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PassRule;
import lectern.progress.model.PathProgress;
import lectern.progress.model.PathProgress.Joined;
import lectern.progress.model.ResolvedGates;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a path for a reader who has joined it or has just left it.
 *
 * @param id its slug in the catalog
 * @param title absent if the catalog never had the path
 * @param status joined or left
 * @param joinedAt absent once the reader has left the path
 * @param gates in the path's order
 * @param version grows with each change, not always by one
 */
public record PathStateDocument(String id, @Nullable String title, MembershipStatus status, @Nullable Instant joinedAt,
		List<GateView> gates, long version) {

	public PathStateDocument {
		gates = List.copyOf(gates);
	}

	/** Return the document of a state. */
	public static PathStateDocument of(PathState state) {
		PathProgress progress = state.progress();
		LearningPath path = state.path();
		return new PathStateDocument(state.stream().path(), (path != null) ? path.title() : null,
				(progress instanceof Joined) ? MembershipStatus.JOINED : MembershipStatus.LEFT,
				(progress instanceof Joined joined) ? joined.since() : null,
				(path != null) ? gates(path, progress.resolvedGates(), state.finishedBooks()) : List.of(),
				state.version());
	}

	private static List<GateView> gates(LearningPath path, ResolvedGates resolved, Set<String> finished) {
		return path.gates().stream().map((gate) -> GateView.of(gate, resolved, finished)).toList();
	}

	/** Membership of a reader in a path. */
	public enum MembershipStatus {

		JOINED, LEFT;

		/** Return the JSON value. */
		@JsonValue
		public String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A gate and its state for the reader.
	 *
	 * @param state closed, open, passed or waived
	 * @param needs ids of the gates that must be passed or waived before this one opens
	 * @param rule the rule for passing it
	 * @param steps its books
	 */
	public record GateView(String id, String title, String state, List<String> needs, RuleView rule,
			List<StepView> steps) {

		static GateView of(Gate gate, ResolvedGates resolved, Set<String> finished) {
			return new GateView(gate.id(), gate.title(), gate.state(resolved).name().toLowerCase(Locale.ROOT),
					gate.needs(), RuleView.of(gate.rule()),
					gate.steps().stream().map((book) -> new StepView(book, finished.contains(book))).toList());
		}

	}

	/**
	 * The JSON form of a gate's rule, as in the catalog's API.
	 *
	 * @param type all or any
	 * @param count how many steps are needed; absent if all are
	 */
	public record RuleView(String type, @Nullable Integer count) {

		static RuleView of(PassRule rule) {
			return switch (rule) {
				case PassRule.EveryStep _ -> new RuleView("all", null);
				case PassRule.MinimumSteps any -> new RuleView("any", any.count());
			};
		}

	}

	/**
	 * A step of a gate.
	 *
	 * @param book its slug in the catalog
	 * @param finished whether the reader has finished the book, also before joining the
	 * path
	 */
	public record StepView(String book, boolean finished) {
	}

}
