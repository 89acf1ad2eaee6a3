package lectern.progress.publicactivity;

import java.util.List;
import java.util.Set;

import lectern.streaming.live.Hub;
import lectern.streaming.live.StreamFilter;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.RequestedStart;
import lectern.web.CacheControlPolicy;
import lectern.web.CrossOriginAccess;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Public activity by the minute: the latest counts, and a stream of new ones. */
@RestController
class ActivityController {

	static final String PATH = "/api/v1/activity";

	static final String STREAM = PATH + "/events";

	private static final String BOOK = "book";

	private static final String AS_OF = "asOf";

	private static final Set<String> FILTERS = Set.of(BOOK, AS_OF);

	private final ActivityLog log;

	private final Hub<Activity> hub;

	private final ActivityCursorResolver cursorResolver;

	ActivityController(ActivityLog log, Hub<Activity> hub, ActivityCursorResolver cursorResolver) {
		this.log = log;
		this.hub = hub;
		this.cursorResolver = cursorResolver;
	}

	@GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<KeysetPage<Activity>>> latest(@RequestParam MultiValueMap<String, String> parameters,
			ServerHttpRequest http) {
		QueryParameters query = KeysetPageRequest.parameters(parameters, FILTERS);
		KeysetPageRequest request = KeysetPageRequest.read(query, parameters, FILTERS);
		String book = query.read(BOOK, ActivityController::requireId);
		query.requireValid();
		// The cursor is read first: whatever is published after it is left out here and
		// arrives by the stream.
		return this.cursorResolver.resolve(parameters.getFirst(AS_OF))
			.flatMap((cursor) -> this.log.latest(book, beforePosition(request, cursor), request.limit() + 1)
				.map((envelopes) -> toResponse(request, cursor, envelopes, CacheControlPolicy.forPublicRead(http))));
	}

	private static long beforePosition(KeysetPageRequest request, Cursor cursor) {
		String key = request.after();
		if (key == null) {
			return cursor.position() + 1;
		}
		if (!key.matches("[0-9]{1,18}")) {
			throw Problem.invalidParameter("page", "is not a page of this list; start without it");
		}
		return Math.min(Long.parseLong(key), cursor.position() + 1);
	}

	/**
	 * What was published up to a cursor never changes, so the cursor also serves as the
	 * entity tag.
	 */
	private static ResponseEntity<KeysetPage<Activity>> toResponse(KeysetPageRequest request, Cursor cursor,
			List<EventEnvelope<Activity>> envelopes, String cacheControl) {
		KeysetPage<EventEnvelope<Activity>> page = request.page(envelopes,
				(envelope) -> Long.toString(envelope.position()));
		return ResponseEntity.ok()
			.eTag("\"" + cursor + "\"")
			.header(HttpHeaders.CACHE_CONTROL, cacheControl)
			.headers(CrossOriginAccess::allowAll)
			.header(Cursor.HEADER, cursor.toString())
			.body(new KeysetPage<>(page.items().stream().map(EventEnvelope::event).toList(), page.next()));
	}

	@GetMapping(path = STREAM, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(@RequestParam MultiValueMap<String, String> parameters, ServerWebExchange exchange) {
		QueryParameters query = QueryParameters.of(parameters,
				Set.of(BOOK, RequestedStart.AFTER, RequestedStart.LAST_EVENT_ID));
		String book = query.read(BOOK, ActivityController::requireId);
		query.requireValid();
		return this.hub.serve(exchange, null, (book == null) ? StreamFilter.all(this.log.readAll())
				: StreamFilter.where((activity) -> activity.book().equals(book), this.log.readByBook(book)));
	}

	private static String requireId(String book) {
		if (!book.matches("[a-z0-9-]{1,80}")) {
			throw Problem.invalidParameter(BOOK, "must be the id of a book");
		}
		return book;
	}

}
