package lectern.progress.stream;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import lectern.progress.eventlog.EventLog;
import lectern.progress.query.PointInTimeResolver;
import lectern.streaming.log.Cursor;
import lectern.streaming.replay.ReplayRequest;
import lectern.streaming.replay.ReplayService;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * A reader's past, played back: the events after {@code from}, up to {@code to}. Without
 * them it is all there is.
 */
@RestController
class ReplayController {

	static final String PATH = "/api/v1/readers/{reader}/replay";

	private static final String FROM = "from";

	private static final String TO = "to";

	private static final String SPEED = "speed";

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private final ReplayService<ReplayEvent> replayService;

	private final ReaderEventLog events;

	private final EventLog log;

	private final PointInTimeResolver pointInTimeResolver;

	ReplayController(ReplayService<ReplayEvent> player, ReaderEventLog events, EventLog log,
			PointInTimeResolver moments) {
		this.replayService = player;
		this.events = events;
		this.log = log;
		this.pointInTimeResolver = moments;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> replay(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastId,
			JwtAuthenticationToken signedIn, ServerWebExchange exchange) {
		QueryParameters.requireKnown(parameters, Set.of(FROM, TO, SPEED));
		double speed = speed(parameters.getFirst(SPEED));
		return range(parameters.getFirst(FROM), parameters.getFirst(TO))
			.flatMap((part) -> (lastId == null || lastId.isEmpty()) ? Mono.just(part) : resume(part, lastId))
			.map((part) -> new ReplayRequest<>(this.events.readReplayByReader(reader), part.from(), part.to(),
					part.lastReceivedAt().orElse(null), speed, signedIn.getToken().getExpiresAt()))
			.flatMap((playback) -> this.replayService.serve(exchange, reader, playback));
	}

	private Mono<ReplayRange> range(@Nullable String from, @Nullable String to) {
		Mono<Cursor> end = (to != null) ? this.pointInTimeResolver.resolveCursor(TO, to) : this.log.cursor();
		return end.flatMap(
				(last) -> ((from != null) ? this.pointInTimeResolver.resolveCursor(FROM, from) : Mono.just(last.at(0)))
					.map((first) -> {
						if (first.position() > last.position()) {
							throw Problem.invalidParameter(FROM, "must not be after " + ((to != null) ? "to" : "now"));
						}
						return new ReplayRange(first, last, Optional.empty());
					}));
	}

	/** The next event is due as if there had been no break. */
	private Mono<ReplayRange> resume(ReplayRange part, String lastId) {
		return this.pointInTimeResolver.resolveCursor(LAST_EVENT_ID, lastId)
			.filter((seen) -> seen.position() > part.from().position())
			.flatMap((seen) -> this.pointInTimeResolver.receivedAt(seen)
				.map((since) -> new ReplayRange(seen, part.to(), Optional.of(since))))
			.defaultIfEmpty(part);
	}

	private static double speed(@Nullable String text) {
		if (text == null) {
			return 1;
		}
		if (text.equals("max")) {
			return ReplayRequest.UNPACED;
		}
		if (!text.matches("[1-9][0-9]{0,4}|100000")) {
			throw Problem.invalidParameter(SPEED, "must be a whole number from 1 to 100000, or max");
		}
		return Integer.parseInt(text);
	}

	/**
	 * What is to be played.
	 *
	 * @param lastReceivedAt when what was seen last was received; empty if nothing was
	 * seen
	 */
	private record ReplayRange(Cursor from, Cursor to, Optional<Instant> lastReceivedAt) {
	}

}
