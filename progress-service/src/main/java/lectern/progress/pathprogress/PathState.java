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
 * How a reader stands on a path, with all that it depends on.
 *
 * @param events of its stream, from the first on
 * @param path as the catalog has it; null when it never had it
 * @param finishedBooks the ids of the reader's finished books
 * @param finishChanges how often the reader has finished or reopened one
 */
public record PathState(PathStreamId stream, List<StoredEvent> events, @Nullable LearningPath path,
		Set<String> finishedBooks, long finishChanges) {

	public PathState {
		events = List.copyOf(events);
		finishedBooks = Set.copyOf(finishedBooks);
	}

	/** What the events led to. */
	public PathProgress progress() {
		PathProgress progress = PathProgress.INITIAL;
		for (StoredEvent event : this.events) {
			progress = PathDecider.evolve(progress, (PathEvent) event.payload());
		}
		return progress;
	}

	/** Whether the reader is on the path. */
	public boolean isJoined() {
		return progress() instanceof Joined;
	}

	/**
	 * Greater after everything that changes what is shown: each of its parts only grows.
	 */
	public long version() {
		return this.events.size() + this.finishChanges + ((this.path != null) ? this.path.version() : 0);
	}

	/** The version as a header has it. */
	public EntityTag entityTag() {
		return new EntityTag(version());
	}

	/** The standing after more events of its stream. */
	public PathState withEvents(List<StoredEvent> more) {
		return new PathState(this.stream, Stream.concat(this.events.stream(), more.stream()).toList(), this.path,
				this.finishedBooks, this.finishChanges);
	}

}
