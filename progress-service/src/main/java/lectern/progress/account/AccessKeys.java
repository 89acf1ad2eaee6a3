package lectern.progress.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import lectern.web.RevokedSessions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/** Makes the keys of readers, exchanges them for tokens, and revokes them. */
@Component
class AccessKeys {

	static final int MAX_PER_READER = 50;

	private final AccessKeyRepository repository;

	private final TokenEncoder encoder;

	private final RevokedSessions revokedSessions;

	private final Clock clock;

	AccessKeys(AccessKeyRepository repository, TokenEncoder encoder, RevokedSessions revokedSessions, Clock clock) {
		this.repository = repository;
		this.encoder = encoder;
		this.revokedSessions = revokedSessions;
		this.clock = clock;
	}

	/**
	 * Make a key.
	 * @return cold; empty if the reader has too many keys
	 */
	Mono<NewKey> create(String reader, String name) {
		return Mono.fromCallable(AccessKeySecret::generate)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((secret) -> this.repository.insert(reader, name, secret, this.clock.instant(), MAX_PER_READER)
				.map((key) -> new NewKey(key, secret)));
	}

	/**
	 * Exchange a key for a token.
	 * @return cold; empty if the key is unknown or was revoked
	 */
	Mono<TokenResponse> exchange(AccessKeySecret secret) {
		return this.repository.use(secret, this.clock.instant()).flatMap(this.encoder::encode);
	}

	/** Revoke a key of a reader; cold; false if the reader has no such key. */
	Mono<Boolean> revoke(UUID id, String reader) {
		return this.repository.delete(id, reader).doOnNext((deleted) -> {
			Instant expiry = this.clock.instant().plus(RevocationLog.RETENTION);
			this.revokedSessions.add(Map.of(deleted.toString(), expiry));
		}).hasElement();
	}

	/** A key that was just made, with its secret, which nobody can be told again. */
	record NewKey(AccessKey key, AccessKeySecret secret) {

	}

}
