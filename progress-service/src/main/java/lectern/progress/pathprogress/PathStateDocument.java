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
 * A path as it is shown to a reader who walks it, or has just left it.
 *
 * @param id its slug in the catalog
 * @param joinedAt absent once it is left
 * @param gates in the path's own order
 * @param version greater after each change, with holes
 */
public record PathStateDocument(String id, @Nullable String title, MembershipStatus status, @Nullable Instant joinedAt,
		List<GateView> gates, long version) {

	public PathStateDocument {
		gates = List.copyOf(gates);
	}

	/** What is shown of a standing. */
	public static PathStateDocument of(PathState standing) {
		PathProgress progress = standing.progress();
		LearningPath path = standing.path();
		return new PathStateDocument(standing.stream().path(), (path != null) ? path.title() : null,
				(progress instanceof Joined) ? MembershipStatus.JOINED : MembershipStatus.LEFT,
				(progress instanceof Joined joined) ? joined.since() : null,
				(path != null) ? gates(path, progress.resolvedGates(), standing.finishedBooks()) : List.of(),
				standing.version());
	}

	private static List<GateView> gates(LearningPath path, ResolvedGates settled, Set<String> finished) {
		return path.gates().stream().map((gate) -> GateView.of(gate, settled, finished)).toList();
	}

	/** Whether the reader is on the path. */
	public enum MembershipStatus {

		JOINED, LEFT;

		/** As it is shown. */
		@JsonValue
		public String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A gate as it stands.
	 *
	 * @param state closed, open, passed or waived
	 * @param needs the gates that have to be passed or waived before it opens
	 */
	public record GateView(String id, String title, String state, List<String> needs, RuleView rule,
			List<StepView> steps) {

		static GateView of(Gate gate, ResolvedGates settled, Set<String> finished) {
			return new GateView(gate.id(), gate.title(), gate.state(settled).name().toLowerCase(Locale.ROOT),
					gate.needs(), RuleView.of(gate.rule()),
					gate.steps().stream().map((book) -> new StepView(book, finished.contains(book))).toList());
		}

	}

	/**
	 * A rule as the catalog shows it.
	 *
	 * @param type all or any
	 * @param count how many it takes; absent where it takes all
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
	 * A step as it stands.
	 *
	 * @param book its slug in the catalog
	 * @param finished whether the reader has finished the book, on this way or before it
	 */
	public record StepView(String book, boolean finished) {
	}

}
