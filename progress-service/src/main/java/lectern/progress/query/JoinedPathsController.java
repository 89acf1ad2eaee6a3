package lectern.progress.query;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventsByType;
import lectern.progress.pathprogress.PathMembershipProjection;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ProgressEventTypes;
import lectern.streaming.log.Cursor;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the paths that a reader has joined, with their state. */
@RestController
class JoinedPathsController {

	/** The number of paths of a page that are computed concurrently. */
	private static final int CONCURRENCY = 4;

	private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,200}");

	private final PathMembershipProjection memberships;

	private final EventsByType events;

	private final PathStates pathStates;

	private final EventLog log;

	private final PointInTimeResolver pointInTimeResolver;

	private final ReadYourWrites readYourWrites;

	JoinedPathsController(PathMembershipProjection memberships, EventsByType events, PathStates pathStates,
			EventLog log, PointInTimeResolver pointInTimeResolver, ReadYourWrites readYourWrites) {
		this.memberships = memberships;
		this.events = events;
		this.pathStates = pathStates;
		this.log = log;
		this.pointInTimeResolver = pointInTimeResolver;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/paths", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<KeysetPage<PathStateDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = KeysetPageRequest.parameters(parameters,
				Set.of(PastReadingsController.AS_OF, ReadYourWrites.PARAMETER));
		// As in the list of readings, seen does not select items.
		KeysetPageRequest request = KeysetPageRequest.read(query, parameters, Set.of(PastReadingsController.AS_OF));
		String after = query.collect(() -> after(request));
		String asOf = query.text(PastReadingsController.AS_OF);
		return this.readYourWrites.await(query, PathMembershipProjection.NAME)
			.then(Mono.defer(() -> (asOf != null)
					? query.collect(this.pointInTimeResolver.resolveCursorWithinLog(PastReadingsController.AS_OF, asOf))
						.switchIfEmpty(Mono.error(query::toProblem))
					: this.log.cursor()))
			.doOnNext((_) -> query.requireValid())
			.flatMap(
					(cursor) -> states(reader, asOf != null, cursor, Objects.requireNonNull(after), request.limit() + 1)
						.map((states) -> toResponse(cursor, states, request)));
	}

	private Mono<List<PathState>> states(String reader, boolean past, Cursor cursor, String after, int limit) {
		return past ? statesAt(reader, after, cursor.position(), limit).collectList()
				: currentStates(reader, cursor, after, limit);
	}

	/**
	 * The memberships are those of the cursor or newer: the projection is waited for,
	 * which is behind by some milliseconds.
	 */
	private Mono<List<PathState>> currentStates(String reader, Cursor cursor, String after, int limit) {
		return this.readYourWrites.await(cursor.toString(), PathMembershipProjection.NAME)
			.then(Mono.defer(() -> this.memberships.pathsOf(reader, after, limit)
				.flatMapMany(
						(page) -> Flux.fromIterable(page).flatMapSequential(this.pathStates::current, CONCURRENCY, 1))
				.collectList()));
	}

	/** The paths that the reader had ever joined by then, without those left by then. */
	private Flux<PathState> statesAt(String reader, String after, long position, int limit) {
		return this.events
			.findStreams(reader, ProgressEventTypes.PATH_JOINED, new PathStreamId(reader, after).toString(), position,
					Integer.MAX_VALUE)
			.collectList()
			.flatMapMany((streams) -> Flux.fromIterable(streams)
				.map((stream) -> PathStreamId.parse(reader, stream).orElseThrow())
				.flatMapSequential((stream) -> this.pathStates.at(stream, position), CONCURRENCY, 1))
			.filter(PathState::isJoined)
			.take(limit);
	}

	private static String after(KeysetPageRequest request) {
		String after = request.after();
		if (after != null && !SLUG.matcher(after).matches()) {
			throw Problem.invalidParameter("page", "is not a page of this list; start without it");
		}
		return (after != null) ? after : "";
	}

	private static ResponseEntity<KeysetPage<PathStateDocument>> toResponse(Cursor cursor, List<PathState> states,
			KeysetPageRequest request) {
		return ResponseEntity.ok()
			.header(Cursor.HEADER, cursor.toString())
			.body(request.page(states.stream().map(PathStateDocument::of).toList(), PathStateDocument::id));
	}

}
