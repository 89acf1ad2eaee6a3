package lectern.progress.stream;

import java.util.Set;

import lectern.streaming.live.Hub;
import lectern.streaming.live.StreamFilter;
import lectern.streaming.server.RequestedStart;
import lectern.web.QueryParameters;
import lectern.web.TokenSession;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Streams a reader's events of readings and paths as soon as they are committed. */
@RestController
class ReaderStreamController {

	static final String PATH = "/api/v1/readers/{reader}/events";

	private static final Set<String> PARAMETERS = Set.of(RequestedStart.AFTER, RequestedStart.LAST_EVENT_ID);

	private final Hub<ReaderEvent> hub;

	private final ReaderEventLog events;

	ReaderStreamController(Hub<ReaderEvent> hub, ReaderEventLog events) {
		this.hub = hub;
		this.events = events;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerWebExchange exchange) {
		QueryParameters.requireKnown(parameters, PARAMETERS);
		return this.hub.serve(exchange, reader,
				StreamFilter.byKey(reader, this.events.readByReader(reader), TokenSession.of(signedIn.getToken())));
	}

}
