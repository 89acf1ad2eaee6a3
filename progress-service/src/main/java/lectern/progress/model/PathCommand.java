package lectern.progress.model;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for on a reader's way along a path. It brings along what the decision
 * depends on: the time, the path as the catalog has it, and what the reader has finished.
 */
public sealed interface PathCommand {

	/** Whose way it is. */
	String reader();

	/** When it came in. */
	Instant receivedAt();

	/**
	 * Set out on a path, or go on with one that was left.
	 *
	 * @param path null when the catalog has none
	 * @param finished the ids of books
	 */
	record JoinPath(String reader, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

	/** Walk it no longer. */
	record LeavePath(String reader, Instant receivedAt) implements PathCommand {
	}

	/**
	 * Do without passing a gate.
	 *
	 * @param path null when the catalog has none
	 * @param finished the ids of books
	 */
	record WaiveGate(String reader, String gate, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

	/**
	 * Look which gates pass now that a book is finished or the path is another.
	 *
	 * @param path null when the catalog has none
	 * @param finished the ids of books
	 */
	record EvaluateGates(String reader, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

}
