package lectern.progress.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSession;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows where a reader is signed in, and ends sessions. */
@RestController
@RequestMapping(path = AccountController.PATH + "/{reader}", produces = MediaType.APPLICATION_JSON_VALUE)
class SessionController {

	private final Sessions sessions;

	private final SessionRepository repository;

	private final SecurityEventLog events;

	private final Clock clock;

	SessionController(Sessions sessions, SessionRepository repository, SecurityEventLog events, Clock clock) {
		this.sessions = sessions;
		this.repository = repository;
		this.events = events;
		this.clock = clock;
	}

	@GetMapping("/sessions")
	Mono<KeysetPage<SessionResponse>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters, JwtAuthenticationToken signedIn) {
		KeysetPageRequest page = KeysetPageRequest.of(parameters, Set.of());
		String current = TokenSession.of(signedIn.getToken()).id();
		return this.repository.list(reader, page, this.clock.instant())
			.map((session) -> SessionResponse.of(session, session.id().toString().equals(current)))
			.collectList()
			.map((sessions) -> page.page(sessions, SessionResponse::id));
	}

	@DeleteMapping("/sessions/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(@PathVariable String reader, @PathVariable String id, ServerHttpRequest request) {
		UUID session = TokenController.sessionId(id);
		return ((session != null) ? this.sessions.end(session, reader) : Mono.just(false)).filter((ended) -> ended)
			.doOnNext((_) -> this.events.write(SecurityEvent.SIGN_OUT, reader, request))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "The reader has no such session.")))
			.then();
	}

	/** Sign out everywhere. */
	@DeleteMapping("/tokens")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> deleteAll(@PathVariable String reader, ServerHttpRequest request) {
		return this.sessions.endAll(reader)
			.doOnNext((_) -> this.events.write(SecurityEvent.SIGN_OUT, reader, request))
			.then();
	}

	/**
	 * A session in a response.
	 *
	 * @param client the {@code User-Agent} of the sign-in
	 * @param current whether the request was made with a token of this session
	 */
	record SessionResponse(String id, String client, Instant createdAt, Instant renewedAt, Instant expiresAt,
			boolean current) {

		private static SessionResponse of(ReaderSession session, boolean current) {
			return new SessionResponse(session.id().toString(), session.client(), session.createdAt(),
					session.renewedAt(), session.expiresAt(), current);
		}

	}

}
