package lectern.progress.stream;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

import lectern.progress.eventlog.EventLog;
import lectern.progress.query.PointInTimeResolver;
import lectern.progress.query.ZoneParameter;
import lectern.streaming.log.Cursor;
import lectern.streaming.replay.ReplayRequest;
import lectern.streaming.replay.ReplayService;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.sse.SseClient;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replays a reader's history: the events after {@code from} up to {@code to}, by default
 * all of them.
 */
@RestController
class ReplayController {

	static final String PATH = "/api/v1/readers/{reader}/replay";

	private static final String FROM = "from";

	private static final String TO = "to";

	private static final String SPEED = "speed";

	private static final Set<String> PARAMETERS = Set.of(FROM, TO, SPEED, ZoneParameter.NAME,
			RequestedStart.LAST_EVENT_ID);

	private final ReplayService<ReplayEvent> replayService;

	private final ReaderEventLog events;

	private final EventLog log;

	private final PointInTimeResolver pointInTimeResolver;

	ReplayController(ReplayService<ReplayEvent> replayService, ReaderEventLog events, EventLog log,
			PointInTimeResolver pointInTimeResolver) {
		this.replayService = replayService;
		this.events = events;
		this.log = log;
		this.pointInTimeResolver = pointInTimeResolver;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> replay(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerWebExchange exchange) {
		QueryParameters query = QueryParameters.of(parameters, PARAMETERS);
		Double speed = query.read(SPEED, ReplayController::speed);
		String lastId = RequestedStart.lastEventId(exchange.getRequest());
		return range(query).flatMap((range) -> (lastId == null) ? Mono.just(range) : resume(range, lastId))
			.map((range) -> new ReplayRequest<>(this.events.readReplayByReader(reader), range.from(), range.to(),
					range.lastReceivedAt().orElse(null), (speed != null) ? speed : 1,
					TokenSession.of(signedIn.getToken())))
			.flatMap((request) -> this.replayService.serve(exchange, reader, request));
	}

	/** Resolve the range; fails with a problem if any parameter is not valid. */
	private Mono<ReplayRange> range(QueryParameters query) {
		ZoneId zone = query.read(ZoneParameter.NAME, ZoneParameter::parse);
		return resolve(query, TO, zone).flatMap((to) -> resolve(query, FROM, zone).flatMap((from) -> {
			query.requireValid();
			return to.map(Mono::just)
				.orElseGet(this.log::cursor)
				.map((last) -> toRange(from.orElseGet(() -> last.at(0)), last, to.isPresent()));
		}));
	}

	/** Emit an empty value if the parameter is absent or not valid. */
	private Mono<Optional<Cursor>> resolve(QueryParameters query, String name, @Nullable ZoneId zone) {
		String text = query.text(name);
		// A zone that is not valid is reported itself.
		ZoneId zoneOfDates = (query.text(ZoneParameter.NAME) != null && zone == null) ? ZoneOffset.UTC : zone;
		return (text == null) ? Mono.just(Optional.empty())
				: query.collect(this.pointInTimeResolver.resolveCursor(name, text, zoneOfDates))
					.map(Optional::of)
					.defaultIfEmpty(Optional.empty());
	}

	private static ReplayRange toRange(Cursor first, Cursor last, boolean endIsGiven) {
		if (first.position() > last.position()) {
			throw Problem.invalidParameter(FROM, "must not be after " + (endIsGiven ? "to" : "now"));
		}
		return new ReplayRange(first, last, Optional.empty());
	}

	/**
	 * Resume a replay: the next event is due at the time it would have had without the
	 * interruption.
	 */
	private Mono<ReplayRange> resume(ReplayRange range, String lastId) {
		return this.pointInTimeResolver.resolveCursor(SseClient.LAST_EVENT_ID, lastId)
			.filter((seen) -> seen.position() > range.from().position())
			.flatMap((seen) -> this.log.receivedAt(seen)
				.map((receivedAt) -> new ReplayRange(seen, range.to(), Optional.of(receivedAt))))
			.defaultIfEmpty(range);
	}

	private static double speed(String text) {
		if (text.equals("max")) {
			return ReplayRequest.UNPACED;
		}
		if (!text.matches("[1-9][0-9]{0,4}|100000")) {
			throw Problem.invalidParameter(SPEED, "must be a whole number from 1 to 100000, or max");
		}
		return Integer.parseInt(text);
	}

	/**
	 * The range of events to replay.
	 *
	 * @param from the first event is after this cursor
	 * @param to the cursor of the last event
	 * @param lastReceivedAt when the last event that the client has seen was received;
	 * empty at the start
	 */
	private record ReplayRange(Cursor from, Cursor to, Optional<Instant> lastReceivedAt) {
	}

}
