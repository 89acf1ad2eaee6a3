package lectern.gateway.operations;

import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import lectern.web.TokenSession;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The operators' stream: every second a snapshot of the metrics of all services. */
@RestController
class OperationsController {

	private static final String PATH = "/api/v1/operations/events";

	private final SseServer server;

	private final StreamMeters meters;

	private final SnapshotPublisher snapshotPublisher;

	OperationsController(SseServer server, SnapshotPublisher snapshotPublisher) {
		this.server = server;
		this.meters = server.meters(PATH);
		this.snapshotPublisher = snapshotPublisher;
	}

	/** Not counted towards the operator's limit as a reader; the stream has its own. */
	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(JwtAuthenticationToken operator, ServerWebExchange exchange) {
		TokenSession session = TokenSession.of(operator.getToken());
		return this.server.serve(exchange, null, session, this.meters, Mono
			.fromSupplier(() -> new SnapshotConnection(this.meters, session, this.snapshotPublisher.snapshots())));
	}

}
