package lectern.progress.query;

import java.util.Set;

import lectern.progress.eventlog.EventLog;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ReadYourWrites;
import lectern.streaming.log.Cursor;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the state of a reader on a path. */
@RestController
class JoinedPathController {

	private static final Set<String> PARAMETERS = Set.of(ReadYourWrites.PARAMETER, PastReadingsController.AS_OF);

	private final PathStates pathStates;

	private final EventLog log;

	private final PointInTimeResolver pointInTimeResolver;

	private final ReadYourWrites readYourWrites;

	JoinedPathController(PathStates pathStates, EventLog log, PointInTimeResolver pointInTimeResolver,
			ReadYourWrites readYourWrites) {
		this.pathStates = pathStates;
		this.log = log;
		this.pointInTimeResolver = pointInTimeResolver;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/paths/{path}", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<PathStateDocument>> get(@PathVariable String reader, @PathVariable String path,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, PARAMETERS);
		PathStreamId stream = new PathStreamId(reader, path);
		String asOf = parameters.getFirst(PastReadingsController.AS_OF);
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(Mono.defer(() -> (asOf != null)
					? this.pointInTimeResolver.resolveCursorWithinLog(PastReadingsController.AS_OF, asOf)
					: this.log.cursor()))
			// The cursor is read first, so that the current state is at least as new as
			// the cursor.
			.flatMap((cursor) -> ((asOf != null) ? this.pathStates.at(stream, cursor.position())
					: this.pathStates.current(stream))
				.filter(PathState::isJoined)
				.switchIfEmpty(Mono.error(PathStreamId::notFound))
				.map((state) -> ResponseEntity.ok()
					.eTag(state.entityTag().toString())
					.header(Cursor.HEADER, cursor.toString())
					.body(PathStateDocument.of(state))));
	}

}
