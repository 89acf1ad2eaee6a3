package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The sessions that were ended while tokens of theirs may still be unexpired, revoked
 * keys of programs, and the ids of roles that accounts had until lately. Whoever follows
 * the revocations of progress-service adds them here. Until all of the past ones are
 * known, no token is accepted, because it might be one of a session that has ended.
 */
public final class RevokedSessions {

	private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

	/**
	 * A service that has just started usually knows all revocations within a second, on a
	 * busy machine within several. An {@code EventSource} that is refused gives up for
	 * good, so it is worth waiting nearly as long as clients of the gateway wait for a
	 * service.
	 */
	private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(8);

	private static final String RETRY_AFTER_SECONDS = "2";

	private final Clock clock;

	private final Map<String, Instant> sessions = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> completed = Sinks.empty();

	private volatile boolean complete;

	private volatile Instant purgeAt = Instant.EPOCH;

	public RevokedSessions(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Add sessions that have ended.
	 * @param ended by session, when its last token has expired; forgotten after that
	 */
	public void add(Map<String, Instant> ended) {
		this.sessions.putAll(ended);
		Instant now = this.clock.instant();
		if (!now.isBefore(this.purgeAt)) {
			this.purgeAt = now.plus(PURGE_INTERVAL);
			this.sessions.values().removeIf((expiry) -> expiry.isBefore(now));
		}
	}

	/** Tell that all revocations so far have been added. */
	public void markComplete() {
		this.complete = true;
		this.completed.tryEmitEmpty();
	}

	/** Whether all revocations up to now, or to a moment ago, are known. */
	public boolean isComplete() {
		return this.complete;
	}

	/**
	 * Tell whether a session has ended.
	 * @param session the id; null belongs to no session
	 */
	public boolean contains(@Nullable String session) {
		return session != null && this.sessions.containsKey(session);
	}

	/** Tell whether the tokens of a session with certain roles are not valid any more. */
	public boolean revokes(TokenSession session) {
		return contains(session.id()) || contains(session.rolesId());
	}

	/** Tell whether the session of a token has ended, or its roles have changed. */
	boolean revokes(Jwt token) {
		return !this.sessions.isEmpty()
				&& (contains(TokenSession.idOf(token)) || contains(TokenSession.rolesIdOf(token)));
	}

	/** Return a copy of what was added and is not forgotten. */
	public Map<String, Instant> toMap() {
		return Map.copyOf(this.sessions);
	}

	/**
	 * Accept a token whose session has not ended and whose roles are those of now. Waits
	 * a moment for the revocations if they are not all known.
	 * @return cold; fails with a {@link BadJwtException} if the session has ended, and
	 * with a {@link Problem} (503) if this is not known in time
	 */
	Mono<Jwt> requireLive(Jwt token) {
		return Mono.defer(() -> {
			if (revokes(token)) {
				return Mono.error(new BadJwtException("The session has ended, or the roles have changed"));
			}
			return this.complete ? Mono.just(token)
					: this.completed.asMono()
						.timeout(WAIT_TIMEOUT, Mono.error(RevokedSessions::unavailable))
						.then(Mono.defer(() -> requireLive(token)));
		});
	}

	/**
	 * Take content only as long as the session of its sender goes on. The token was
	 * checked when the request began, and content without an end could be sent for days.
	 * @param token the token of the request
	 * @return the content; fails with a {@link Problem} (401) in place of what comes
	 * after the end of the session, or after a change of the roles
	 */
	public Flux<DataBuffer> untilEnd(Flux<DataBuffer> content, Jwt token) {
		TokenSession session = TokenSession.of(token);
		return content.handle((part, sink) -> {
			if (hasEnded(session)) {
				DataBufferUtils.release(part);
				sink.error(ended());
			}
			else {
				sink.next(part);
			}
		});
	}

	private boolean hasEnded(TokenSession session) {
		return revokes(session) || (session.end() != null && !this.clock.instant().isBefore(session.end()));
	}

	private static Problem ended() {
		return Problem
			.of(ProblemType.UNAUTHENTICATED,
					"The session has ended, or the roles have changed. The lines before are kept.")
			.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
	}

	private static Problem unavailable() {
		return Problem.of(ProblemType.UNAVAILABLE,
				"It is not known yet which sessions have ended, so no token can be accepted. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

}
