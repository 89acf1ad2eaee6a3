package lectern.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.web.RevokedSessions;
import lectern.web.TokenSession;
import lectern.web.UnverifiedToken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The tokens for which keys were exchanged. Requests with the same key share an exchange
 * and its token, until shortly before the token expires. A key that is revoked, or whose
 * reader gets other roles, needs a new token at once.
 */
@Component
public class AccessKeyTokens {

	private static final int MAX_KEYS = 10_000;

	/** A service whose clock is ahead would already reject the token. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	/** Spares progress-service a program that goes on with a revoked key. */
	private static final Duration REJECTED_FOR = Duration.ofSeconds(10);

	private static final Duration MAX_LIFETIME = Duration.ofMinutes(2);

	private final Cache<String, Exchange> exchanges = Caffeine.newBuilder()
		.maximumSize(MAX_KEYS)
		.expireAfterWrite(MAX_LIFETIME)
		.build();

	private final AccessKeyClient client;

	private final RevokedSessions revokedSessions;

	private final Clock clock = Clock.systemUTC();

	AccessKeyTokens(AccessKeyClient client, RevokedSessions revokedSessions) {
		this.client = client;
		this.revokedSessions = revokedSessions;
	}

	/**
	 * Return the token of a key that was exchanged a moment ago; null if there is none.
	 */
	public @Nullable String find(String key) {
		Exchange exchange = this.exchanges.getIfPresent(key);
		return (exchange != null && exchange.isUsable()) ? exchange.token : null;
	}

	/**
	 * Exchange a key for a token.
	 * @param address the address of the client, for the limit of wrong keys
	 * @return cold; empty if the key is unknown or was revoked; fails with a problem if
	 * too many wrong keys came from the address, or progress-service is away
	 */
	Mono<String> exchange(String key, String address) {
		return Mono.defer(() -> this.exchanges.asMap()
			.compute(key, (_, present) -> (present != null && present.isUsable()) ? present
					: new Exchange(this.client.exchange(key, address))).result);
	}

	/** One call of progress-service, and its result. */
	private final class Exchange {

		private final Mono<String> result;

		/** Until the result is known, all share it. */
		private volatile Instant usableUntil = Instant.MAX;

		private volatile @Nullable String token;

		private volatile @Nullable TokenSession session;

		private Exchange(Mono<String> call) {
			this.result = call.doOnSuccess(this::onResult).doOnError((_) -> this.usableUntil = Instant.MIN).cache();
		}

		private void onResult(@Nullable String received) {
			TokenSession claimed = (received != null) ? UnverifiedToken.session(received) : null;
			Instant end = (claimed != null) ? claimed.end() : null;
			this.token = received;
			this.session = claimed;
			this.usableUntil = (end != null) ? end.minus(MARGIN)
					: AccessKeyTokens.this.clock.instant().plus(REJECTED_FOR);
		}

		private boolean isUsable() {
			TokenSession known = this.session;
			return AccessKeyTokens.this.clock.instant().isBefore(this.usableUntil)
					&& (known == null || !AccessKeyTokens.this.revokedSessions.revokes(known));
		}

	}

}
