package lectern.progress.path;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import lectern.progress.model.Gate;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PathProgress;
import lectern.progress.model.PathProgress.Joined;
import lectern.progress.model.Rule;
import lectern.progress.model.Settled;

/**
 * A path as it is shown to a reader who walks it, or has just left it.
 *
 * @param id its slug in the catalog
 * @param joinedAt absent once it is left
 * @param gates in the path's own order
 * @param version greater after each change, with holes
 */
public record PathDocument(String id, @Nullable String title, Status status, @Nullable Instant joinedAt,
		List<ShownGate> gates, long version) {

	public PathDocument {
		gates = List.copyOf(gates);
	}

	/** What is shown of a standing. */
	public static PathDocument of(Standing standing) {
		PathProgress progress = standing.progress();
		LearningPath path = standing.path();
		return new PathDocument(standing.stream().path(), (path != null) ? path.title() : null,
				(progress instanceof Joined) ? Status.JOINED : Status.LEFT,
				(progress instanceof Joined joined) ? joined.since() : null,
				(path != null) ? gates(path, progress.settled(), standing.finished()) : List.of(), standing.version());
	}

	private static List<ShownGate> gates(LearningPath path, Settled settled, Set<String> finished) {
		return path.gates().stream().map((gate) -> ShownGate.of(gate, settled, finished)).toList();
	}

	/** Whether the reader is on the path. */
	public enum Status {

		JOINED, LEFT;

		/** As it is shown. */
		@JsonValue
		public String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A gate as it stands.
	 *
	 * @param state closed, open, passed or waived
	 * @param needs the gates that have to be passed or waived before it opens
	 */
	public record ShownGate(String id, String title, String state, List<String> needs, ShownRule rule,
			List<ShownStep> steps) {

		static ShownGate of(Gate gate, Settled settled, Set<String> finished) {
			return new ShownGate(gate.id(), gate.title(), gate.state(settled).name().toLowerCase(Locale.ROOT),
					gate.needs(), ShownRule.of(gate.rule()),
					gate.steps().stream().map((book) -> new ShownStep(book, finished.contains(book))).toList());
		}

	}

	/**
	 * A rule as the catalog shows it.
	 *
	 * @param type all or any
	 * @param count how many it takes; absent where it takes all
	 */
	public record ShownRule(String type, @Nullable Integer count) {

		static ShownRule of(Rule rule) {
			return switch (rule) {
				case Rule.All _ -> new ShownRule("all", null);
				case Rule.Any any -> new ShownRule("any", any.count());
			};
		}

	}

	/**
	 * A step as it stands.
	 *
	 * @param book its slug in the catalog
	 * @param finished whether the reader has finished the book, on this way or before it
	 */
	public record ShownStep(String book, boolean finished) {
	}

}
