package lectern.progress.model;

import java.time.Instant;

/** How far a reader has come on a path: as much as decisions need. */
public sealed interface PathProgress {

	/** What everybody's is before the first event. */
	PathProgress NOTHING_YET = new Away(Settled.NONE);

	/** Kept over leaving and joining again. */
	Settled settled();

	/** The reader has not joined, or has left. */
	record Away(Settled settled) implements PathProgress {
	}

	/** The reader is on the path. */
	record Joined(Instant since, Settled settled) implements PathProgress {
	}

}
