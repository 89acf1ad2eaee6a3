package lectern.progress.account;

import lectern.streaming.revocation.SessionRevocations;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The internal stream of revocations. It needs no token, because it must be readable
 * before tokens can be checked, and consists of random ids of sessions that are over. The
 * gateway does not route it.
 */
@RestController
class RevocationStreamController {

	private final RevocationLog log;

	private final SseServer server;

	private final StreamMeters meters;

	private final JsonMapper mapper;

	RevocationStreamController(RevocationLog log, SseServer server, JsonMapper mapper) {
		this.log = log;
		this.server = server;
		this.meters = server.meters(SessionRevocations.PATH);
		this.mapper = mapper;
	}

	@GetMapping(path = SessionRevocations.PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> revocations(ServerWebExchange exchange) {
		return this.server.serveInternal(exchange, this.meters,
				Mono.fromSupplier(() -> new RevocationConnection(this.meters, this.log, this.mapper)));
	}

}
