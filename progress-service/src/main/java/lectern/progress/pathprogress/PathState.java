package lectern.progress.pathprogress;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PathDecider;
import lectern.progress.model.PathEvent;
import lectern.progress.model.PathProgress;
import lectern.progress.model.PathProgress.Joined;
import lectern.web.EntityTag;
import org.jspecify.annotations.Nullable;

/**
 * The state of one reader on one path, with everything that it is computed from.
 *
 * @param events the stream of this reader and path, from the first event on
 * @param path the path as the catalog has it now; null if the catalog never had it
 * @param finishedBooks ids of the books that the reader has finished
 * @param finishChanges how often the reader has finished or reopened a reading
 */
public record PathState(PathStreamId stream, List<StoredEvent> events, @Nullable LearningPath path,
		Set<String> finishedBooks, long finishChanges) {

	public PathState {
		events = List.copyOf(events);
		finishedBooks = Set.copyOf(finishedBooks);
	}

	/** Fold the events. */
	public PathProgress progress() {
		PathProgress progress = PathProgress.INITIAL;
		for (StoredEvent event : this.events) {
			// An event of an unknown type was stored by a later release.
			if (event.payload() instanceof PathEvent known) {
				progress = PathDecider.evolve(progress, known);
			}
		}
		return progress;
	}

	/** Tell whether the reader has joined the path and not left it. */
	public boolean isJoined() {
		return progress() instanceof Joined;
	}

	/**
	 * Return a version that grows with every change of the document: each of its three
	 * parts only grows.
	 */
	public long version() {
		return this.events.size() + this.finishChanges + ((this.path != null) ? this.path.version() : 0);
	}

	/** Return the version as an entity tag. */
	public EntityTag entityTag() {
		return new EntityTag(version());
	}

	/** Return the state after further events of the same stream. */
	public PathState withEvents(List<StoredEvent> added) {
		return new PathState(this.stream, Stream.concat(this.events.stream(), added.stream()).toList(), this.path,
				this.finishedBooks, this.finishChanges);
	}

}
