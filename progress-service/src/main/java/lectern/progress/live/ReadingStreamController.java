package lectern.progress.live;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import lectern.streaming.Hub;
import lectern.streaming.Subscription;
import lectern.web.Parameters;

/** What happens to a reader's readings and on the paths, the moment it is committed. */
@RestController
class ReadingStreamController {

	static final String PATH = "/api/v1/readers/{reader}/events";

	private static final Set<String> PARAMETERS = Set.of("after");

	private final Hub<ReaderEvent> hub;

	private final ReaderEvents events;

	ReadingStreamController(Hub<ReaderEvent> hub, ReaderEvents events) {
		this.hub = hub;
		this.events = events;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerWebExchange exchange) {
		Parameters.requireKnown(parameters, PARAMETERS);
		return this.hub.serve(exchange, reader,
				Subscription.of(reader, this.events.of(reader), signedIn.getToken().getExpiresAt()));
	}

}
