package lectern.progress.query;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.log.EventLog;
import lectern.progress.path.PathDocument;
import lectern.progress.path.PathStream;
import lectern.progress.path.Standing;
import lectern.progress.path.Standings;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.Seen;
import lectern.streaming.Cursor;
import lectern.web.Parameters;

/** How a reader stands on a path, over HTTP. */
@RestController
class JoinedPathController {

	private static final Set<String> PARAMETERS = Set.of(Seen.PARAMETER, PastReadingsController.AS_OF);

	private final Standings standings;

	private final EventLog log;

	private final Moments moments;

	private final ProjectionRunner view;

	private final Seen seen;

	JoinedPathController(Standings standings, EventLog log, Moments moments, ProjectionRunner currentReadingsRunner,
			Seen seen) {
		this.standings = standings;
		this.log = log;
		this.moments = moments;
		this.view = currentReadingsRunner;
		this.seen = seen;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/paths/{path}", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<PathDocument>> get(@PathVariable String reader, @PathVariable String path,
			@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, PARAMETERS);
		PathStream stream = new PathStream(reader, path);
		String asOf = parameters.getFirst(PastReadingsController.AS_OF);
		return this.seen.await(parameters.getFirst(Seen.PARAMETER), this.view)
			.then(Mono.defer(
					() -> (asOf != null) ? this.moments.cursor(PastReadingsController.AS_OF, asOf) : this.log.cursor()))
			// The cursor is asked for first: what is shown of now is at least as new.
			.flatMap((cursor) -> ((asOf != null) ? this.standings.at(stream, cursor.position())
					: this.standings.now(stream))
				.filter(Standing::isJoined)
				.switchIfEmpty(Mono.error(PathStream::unknown))
				.map((standing) -> ResponseEntity.ok()
					.eTag(standing.tag().toString())
					.header(Cursor.HEADER, cursor.toString())
					.body(PathDocument.of(standing))));
	}

}
