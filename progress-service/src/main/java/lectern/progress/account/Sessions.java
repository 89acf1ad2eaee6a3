package lectern.progress.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import lectern.progress.account.SessionRepository.AccountSession;
import lectern.web.RevokedSessions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Begins, renews and ends sessions. This process rejects the tokens of a session at once
 * that it ends itself; all others learn of it from the log of revocations.
 */
class Sessions {

	private static final int MAX_LABEL_LENGTH = 200;

	/** A program that signs in for each of its runs would add sessions without end. */
	private static final int MAX_PER_READER = 100;

	private final SessionRepository repository;

	private final RevokedSessions revokedSessions;

	private final Clock clock;

	Sessions(SessionRepository repository, RevokedSessions revokedSessions, Clock clock) {
		this.repository = repository;
		this.revokedSessions = revokedSessions;
		this.clock = clock;
	}

	/**
	 * Begin a session. If the reader has too many, those end that were not renewed for
	 * the longest time.
	 * @param account as it was when the password was verified
	 * @param userAgent null if the request has none
	 * @return cold; empty if the password was changed meanwhile
	 */
	Mono<AccountSession> begin(StoredAccount account, @Nullable String userAgent) {
		return this.repository.insert(account, label(userAgent), this.clock.instant())
			.delayUntil((_) -> this.repository.endOldest(account.account().reader(), MAX_PER_READER)
				.collectList()
				.doOnNext(this::revoke));
	}

	/** Renew a session; cold; empty if it has ended. */
	Mono<AccountSession> renew(UUID id) {
		return this.repository.renew(id, this.clock.instant());
	}

	/** End a session of a reader; cold; false if the reader has no such session. */
	Mono<Boolean> end(UUID id, String reader) {
		return this.repository.end(id, reader).doOnNext((ended) -> revoke(List.of(ended))).hasElement();
	}

	/** End all sessions of a reader; cold; how many there were. */
	Mono<Integer> endAll(String reader) {
		return this.repository.endAll(reader).collectList().doOnNext(this::revoke).map(List::size);
	}

	/**
	 * Reject the tokens of sessions in this process, which have ended in the database.
	 */
	void revoke(Collection<UUID> ended) {
		Instant expiry = this.clock.instant().plus(RevocationLog.RETENTION);
		this.revokedSessions.add(ended.stream().collect(Collectors.toMap(UUID::toString, (_) -> expiry)));
	}

	/** The text that lets a reader recognize a device, printable and not too long. */
	private static String label(@Nullable String userAgent) {
		String printable = (userAgent != null) ? userAgent.replaceAll("[^ -~]", "").strip() : "";
		return printable.substring(0, Math.min(MAX_LABEL_LENGTH, printable.length()));
	}

}
