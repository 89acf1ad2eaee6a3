package lectern.progress.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import lectern.web.TokenSecurity;
import lectern.web.TokenSession;
import lectern.web.TokenSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Writes and signs tokens. Whoever asks for one has to know that it is due. */
class TokenEncoder {

	/** The longest lifetime of any token. */
	static final Duration LIFETIME = Duration.ofMinutes(30);

	/** The gateway exchanges a key for the next token by itself. */
	static final Duration KEY_LIFETIME = Duration.ofSeconds(60);

	private final SigningKeyStore keyStore;

	private final TokenSettings settings;

	private final Clock clock;

	TokenEncoder(SigningKeyStore keyStore, TokenSettings settings, Clock clock) {
		this.keyStore = keyStore;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Sign a token, which expires with its session at the latest.
	 * @return cold; a signature may block for randomness, so it emits on a thread that
	 * may
	 */
	Mono<TokenResponse> encode(TokenGrant grant) {
		return this.keyStore.get().publishOn(Schedulers.boundedElastic()).map((key) -> encode(grant, key));
	}

	private TokenResponse encode(TokenGrant grant, ECKey key) {
		Instant now = this.clock.instant();
		Instant expiry = expiry(grant, now);
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").keyId(key.getKeyID()).build();
		JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.issuer(this.settings.issuer())
			.audience(List.of(this.settings.audience()))
			.subject(grant.account().reader())
			.issuedAt(now)
			.expiresAt(expiry)
			.claim(TokenSecurity.ROLES, grant.account().roles())
			.claim(TokenSession.ROLES_ID_CLAIM, grant.rolesId().toString())
			.claim(TokenSession.ID_CLAIM, grant.id().toString());
		@Nullable Instant end = grant.end();
		if (end != null) {
			claims.claim(TokenSession.END_CLAIM, end.getEpochSecond());
		}
		else {
			claims.claim(TokenSession.KEY_CLAIM, true);
		}
		String token = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
			.encode(JwtEncoderParameters.from(header, claims.build()))
			.getTokenValue();
		return new TokenResponse(token, "Bearer", Duration.between(now, expiry).toSeconds());
	}

	private static Instant expiry(TokenGrant grant, Instant now) {
		@Nullable Instant end = grant.end();
		if (end == null) {
			return now.plus(KEY_LIFETIME);
		}
		Instant latest = now.plus(LIFETIME);
		return latest.isBefore(end) ? latest : end;
	}

}
