package lectern.progress.pathprogress;

import java.util.List;
import java.util.Optional;

import lectern.progress.catalogreplica.PathReplica;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.LearningPath;
import lectern.progress.pathprogress.FinishedBooks.FinishedBooksSnapshot;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Computes the state of readers on their paths. Every publisher is cold. */
@Component
public class PathStates {

	private final EventLog log;

	private final PathReplica paths;

	private final FinishedBooks books;

	public PathStates(EventLog log, PathReplica paths, FinishedBooks books) {
		this.log = log;
		this.paths = paths;
		this.books = books;
	}

	/** Compute the current state, also of a reader who never joined. */
	public Mono<PathState> current(PathStreamId stream) {
		return load(stream, Long.MAX_VALUE);
	}

	/**
	 * Compute the state after an event. The path is the one of now, because past versions
	 * of paths are not stored.
	 */
	public Mono<PathState> after(PathStreamId stream, StoredEvent event) {
		return load(stream, event.position());
	}

	/** Compute the state as of a position of the log, on the path as it is now. */
	public Mono<PathState> at(PathStreamId stream, long position) {
		return load(stream, position);
	}

	private Mono<PathState> load(PathStreamId stream, long upTo) {
		Mono<List<StoredEvent>> events = this.log.load(stream.toString())
			.filter((event) -> event.position() <= upTo)
			.collectList();
		Mono<Optional<LearningPath>> path = this.paths.find(stream.path()).singleOptional();
		return Mono.zip(events, path, this.books.findByReader(stream.reader(), upTo)).map((loaded) -> {
			FinishedBooksSnapshot finished = loaded.getT3();
			return new PathState(stream, loaded.getT1(), loaded.getT2().orElse(null), finished.books(),
					finished.changes());
		});
	}

}
