package lectern.progress.model;

import java.time.Instant;

/** The state of a reader on a path, as far as decisions need it. */
public sealed interface PathProgress {

	/** The state before the first event. */
	PathProgress INITIAL = new NotJoined(ResolvedGates.NONE);

	/** The resolved gates; leaving the path and joining it again keeps them. */
	ResolvedGates resolvedGates();

	/** The reader has not joined, or has left. */
	record NotJoined(ResolvedGates resolvedGates) implements PathProgress {
	}

	/** The reader has joined. */
	record Joined(Instant since, ResolvedGates resolvedGates) implements PathProgress {
	}

}
