package lectern.progress.model;

import java.time.Instant;

/** How far a reader has come on a path: as much as decisions need. */
public sealed interface PathProgress {

	/** What everybody's is before the first event. */
	PathProgress INITIAL = new NotJoined(ResolvedGates.NONE);

	/** Kept over leaving and joining again. */
	ResolvedGates resolvedGates();

	/** The reader has not joined, or has left. */
	record NotJoined(ResolvedGates resolvedGates) implements PathProgress {
	}

	/** The reader is on the path. */
	record Joined(Instant since, ResolvedGates resolvedGates) implements PathProgress {
	}

}
