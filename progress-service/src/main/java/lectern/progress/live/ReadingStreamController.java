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

import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Hub;
import lectern.streaming.Subscription;
import lectern.web.Parameters;

/** What happens to a reader's readings, the moment it is committed. */
@RestController
class ReadingStreamController {

	static final String PATH = "/api/v1/readers/{reader}/events";

	private static final Set<String> PARAMETERS = Set.of("after");

	private final Hub<StoredEvent> hub;

	private final EventLog log;

	ReadingStreamController(Hub<StoredEvent> hub, EventLog log) {
		this.hub = hub;
		this.log = log;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerWebExchange exchange) {
		Parameters.requireKnown(parameters, PARAMETERS);
		return this.hub.serve(exchange, reader,
				Subscription.of(reader, this.log.of(reader), signedIn.getToken().getExpiresAt()));
	}

}
