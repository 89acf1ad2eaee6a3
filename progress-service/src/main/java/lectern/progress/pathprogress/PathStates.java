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

/** Finds out how readers stand on their paths. Every publisher is cold. */
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

	/** As a reader stands now, also one who never joined. */
	public Mono<PathState> current(PathStreamId stream) {
		return load(stream, Long.MAX_VALUE);
	}

	/**
	 * As a reader stood after an event, on the path as it is now: what it was then is not
	 * kept.
	 */
	public Mono<PathState> after(PathStreamId stream, StoredEvent event) {
		return load(stream, event.position());
	}

	/** As a reader stood at a position of the log, on the path as it is now. */
	public Mono<PathState> at(PathStreamId stream, long position) {
		return load(stream, position);
	}

	private Mono<PathState> load(PathStreamId stream, long upTo) {
		Mono<List<StoredEvent>> events = this.log.load(stream.toString())
			.filter((event) -> event.position() <= upTo)
			.collectList();
		Mono<Optional<LearningPath>> path = this.paths.find(stream.path()).singleOptional();
		return Mono.zip(events, path, this.books.findByReader(stream.reader(), upTo)).map((found) -> {
			FinishedBooksSnapshot finished = found.getT3();
			return new PathState(stream, found.getT1(), found.getT2().orElse(null), finished.books(),
					finished.changes());
		});
	}

}
