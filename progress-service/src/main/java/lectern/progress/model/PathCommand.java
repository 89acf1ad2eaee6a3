package lectern.progress.model;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A command on a reader's progress on a path. It carries everything that the decision
 * depends on: the time, the path from the catalog and the books that the reader has
 * finished.
 */
public sealed interface PathCommand {

	/** The reader whose progress it is. */
	String reader();

	/** When the command was received. */
	Instant receivedAt();

	/**
	 * Join a path, for the first time or again.
	 *
	 * @param path the path; null if the catalog has no such path
	 * @param finished the ids of the finished books
	 */
	record JoinPath(String reader, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

	/** Leave the path. */
	record LeavePath(String reader, Instant receivedAt) implements PathCommand {
	}

	/**
	 * Waive a gate, so that it need not be passed.
	 *
	 * @param path the path; null if the catalog has no such path
	 * @param finished the ids of the finished books
	 */
	record WaiveGate(String reader, String gate, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

	/**
	 * Evaluate which gates are passed after a book was finished or the path changed.
	 *
	 * @param path the path; null if the catalog has no such path
	 * @param finished the ids of the finished books
	 */
	record EvaluateGates(String reader, @Nullable LearningPath path, Set<String> finished,
			Instant receivedAt) implements PathCommand {
	}

}
