package lectern.progress.live;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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

import lectern.progress.log.EventLog;
import lectern.progress.query.Moments;
import lectern.streaming.Cursor;
import lectern.streaming.Playback;
import lectern.streaming.Player;
import lectern.web.Parameters;
import lectern.web.Problem;

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

	private static final String LAST_ID = "Last-Event-ID";

	private final Player<PlayedEvent> player;

	private final ReaderEvents events;

	private final EventLog log;

	private final Moments moments;

	ReplayController(Player<PlayedEvent> player, ReaderEvents events, EventLog log, Moments moments) {
		this.player = player;
		this.events = events;
		this.log = log;
		this.moments = moments;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> replay(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = LAST_ID, required = false) @Nullable String lastId, JwtAuthenticationToken signedIn,
			ServerWebExchange exchange) {
		Parameters.requireKnown(parameters, Set.of(FROM, TO, SPEED));
		double speed = speed(parameters.getFirst(SPEED));
		return part(parameters.getFirst(FROM), parameters.getFirst(TO))
			.flatMap((part) -> (lastId == null || lastId.isEmpty()) ? Mono.just(part) : takenUp(part, lastId))
			.map((part) -> new Playback<>(this.events.playedOf(reader), part.from(), part.to(),
					part.since().orElse(null), speed, signedIn.getToken().getExpiresAt()))
			.flatMap((playback) -> this.player.serve(exchange, reader, playback));
	}

	private Mono<Part> part(@Nullable String from, @Nullable String to) {
		Mono<Cursor> end = (to != null) ? this.moments.place(TO, to) : this.log.cursor();
		return end.flatMap(
				(last) -> ((from != null) ? this.moments.place(FROM, from) : Mono.just(last.at(0))).map((first) -> {
					if (first.position() > last.position()) {
						throw Problem.parameter(FROM, "must not be after " + ((to != null) ? "to" : "now"));
					}
					return new Part(first, last, Optional.empty());
				}));
	}

	/** The next event is due as if there had been no break. */
	private Mono<Part> takenUp(Part part, String lastId) {
		return this.moments.place(LAST_ID, lastId)
			.filter((seen) -> seen.position() > part.from().position())
			.flatMap(
					(seen) -> this.moments.received(seen).map((since) -> new Part(seen, part.to(), Optional.of(since))))
			.defaultIfEmpty(part);
	}

	private static double speed(@Nullable String text) {
		if (text == null) {
			return 1;
		}
		if (text.equals("max")) {
			return Playback.UNPACED;
		}
		if (!text.matches("[1-9][0-9]{0,4}|100000")) {
			throw Problem.parameter(SPEED, "must be a whole number from 1 to 100000, or max");
		}
		return Integer.parseInt(text);
	}

	/**
	 * What is to be played.
	 *
	 * @param since when what was seen last was received; empty if nothing was seen
	 */
	private record Part(Cursor from, Cursor to, Optional<Instant> since) {
	}

}
