package lectern.gateway.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The operators' stream: once a second how every service is. The latest wins. */
@RestController
class OperationsController {

	private static final Duration MIN_AGE = Duration.ofMinutes(8);

	private static final Duration MAX_AGE = Duration.ofMinutes(10);

	private final SnapshotStreamServer snapshotStreamServer;

	OperationsController(SnapshotStreamServer watchers) {
		this.snapshotStreamServer = watchers;
	}

	@GetMapping(path = "/api/v1/operations/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(JwtAuthenticationToken operator, ServerWebExchange exchange) {
		return this.snapshotStreamServer.serve(exchange,
				connectionAge(Instant.now(), operator.getToken().getExpiresAt()));
	}

	/**
	 * How long a connection lives: drawn, so that those who came together do not leave
	 * together, and never longer than what it was let in with.
	 */
	static Duration connectionAge(Instant now, @Nullable Instant tokenEnds) {
		Duration drawn = Duration
			.ofMillis(ThreadLocalRandom.current().nextLong(MIN_AGE.toMillis(), MAX_AGE.toMillis() + 1));
		Duration left = (tokenEnds == null) ? MAX_AGE : Duration.between(now, tokenEnds);
		return (left.compareTo(drawn) < 0) ? left : drawn;
	}

}
