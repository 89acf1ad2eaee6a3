package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The public keys that verify tokens, as their source published them last. A token with
 * an unknown key id makes them be loaded again, but once in 30 s at most, however many
 * such tokens arrive: whoever comes meanwhile shares the result.
 */
public final class TokenKeys {

	static final Duration MIN_INTERVAL = Duration.ofSeconds(30);

	/** As long as no key is known, no token can be verified. */
	private static final Duration MIN_INTERVAL_WITHOUT_KEYS = Duration.ofSeconds(1);

	private final Mono<JWKSet> source;

	private final Clock clock;

	private final AtomicReference<@Nullable Load> latest = new AtomicReference<>();

	private volatile @Nullable JWKSet known;

	/**
	 * @param source cold; loads the present keys
	 */
	public TokenKeys(Mono<JWKSet> source, Clock clock) {
		this.source = source;
		this.clock = clock;
	}

	/**
	 * Create the keys of an outside issuer, which are loaded from where it publishes
	 * them.
	 */
	public static TokenKeys of(OidcSettings issuer, Clock clock) {
		return new TokenKeys(JwkSetSource.ofIssuer(issuer.issuer()), clock);
	}

	/** Use keys that were stored, until they can be loaded from their source. */
	public void restore(JWKSet stored) {
		if (this.known == null) {
			this.known = stored;
		}
	}

	/** Load the keys; cold; emits them, or fails with the error of the source. */
	public Mono<JWKSet> load() {
		return this.source.doOnNext((keys) -> this.known = keys);
	}

	/**
	 * Return the keys among which is that of a token, if it is known.
	 * @return cold; fails with the error of the source if the key is not known and the
	 * source could not be asked
	 */
	public Flux<JWK> keysFor(SignedJWT token) {
		return Flux.defer(() -> {
			JWKSet keys = this.known;
			return (keys != null && contains(keys, token)) ? Flux.fromIterable(keys.getKeys())
					: loadUnlessRecent().flatMapIterable(JWKSet::getKeys);
		});
	}

	private static boolean contains(JWKSet keys, SignedJWT token) {
		String id = token.getHeader().getKeyID();
		return id == null || keys.getKeyByKeyId(id) != null;
	}

	private Mono<JWKSet> loadUnlessRecent() {
		Instant now = this.clock.instant();
		Duration interval = (this.known != null) ? MIN_INTERVAL : MIN_INTERVAL_WITHOUT_KEYS;
		Load load = this.latest.updateAndGet((previous) -> (previous != null && now.isBefore(previous.sharedUntil))
				? previous : new Load(now.plus(interval), load().cache()));
		return (load != null) ? load.result : Mono.empty();
	}

	/** A load that all share who need one for a while. */
	private record Load(Instant sharedUntil, Mono<JWKSet> result) {

	}

}
