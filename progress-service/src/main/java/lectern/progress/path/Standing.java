package lectern.progress.path;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lectern.progress.log.StoredEvent;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PathDecider;
import lectern.progress.model.PathEvent;
import lectern.progress.model.PathProgress;
import lectern.progress.model.PathProgress.Joined;
import lectern.web.EntityTag;

/**
 * How a reader stands on a path, with all that it depends on.
 *
 * @param events of its stream, from the first on
 * @param path as the catalog has it; null when it never had it
 * @param finished the ids of the reader's finished books
 * @param finishings how often the reader has finished or reopened one
 */
public record Standing(PathStream stream, List<StoredEvent> events, @Nullable LearningPath path, Set<String> finished,
		long finishings) {

	public Standing {
		events = List.copyOf(events);
		finished = Set.copyOf(finished);
	}

	/** What the events led to. */
	public PathProgress progress() {
		PathProgress progress = PathProgress.NOTHING_YET;
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
		return this.events.size() + this.finishings + ((this.path != null) ? this.path.version() : 0);
	}

	/** The version as a header has it. */
	public EntityTag tag() {
		return new EntityTag(version());
	}

	/** The standing after more events of its stream. */
	public Standing after(List<StoredEvent> more) {
		return new Standing(this.stream, Stream.concat(this.events.stream(), more.stream()).toList(), this.path,
				this.finished, this.finishings);
	}

}
