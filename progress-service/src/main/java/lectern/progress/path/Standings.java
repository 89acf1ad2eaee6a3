package lectern.progress.path;

import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.catalog.KnownPaths;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.LearningPath;
import lectern.progress.path.FinishedBooks.Finished;

/** Finds out how readers stand on their paths. Every publisher is cold. */
@Component
public class Standings {

	private final EventLog log;

	private final KnownPaths paths;

	private final FinishedBooks books;

	public Standings(EventLog log, KnownPaths paths, FinishedBooks books) {
		this.log = log;
		this.paths = paths;
		this.books = books;
	}

	/** As a reader stands now, also one who never joined. */
	public Mono<Standing> now(PathStream stream) {
		return standing(stream, Long.MAX_VALUE);
	}

	/**
	 * As a reader stood after an event, on the path as it is now: what it was then is not
	 * kept.
	 */
	public Mono<Standing> after(PathStream stream, StoredEvent event) {
		return standing(stream, event.position());
	}

	/** As a reader stood at a position of the log, on the path as it is now. */
	public Mono<Standing> at(PathStream stream, long position) {
		return standing(stream, position);
	}

	private Mono<Standing> standing(PathStream stream, long upTo) {
		Mono<List<StoredEvent>> events = this.log.load(stream.toString())
			.filter((event) -> event.position() <= upTo)
			.collectList();
		Mono<Optional<LearningPath>> path = this.paths.find(stream.path()).singleOptional();
		return Mono.zip(events, path, this.books.of(stream.reader(), upTo)).map((found) -> {
			Finished finished = found.getT3();
			return new Standing(stream, found.getT1(), found.getT2().orElse(null), finished.books(),
					finished.changes());
		});
	}

}
