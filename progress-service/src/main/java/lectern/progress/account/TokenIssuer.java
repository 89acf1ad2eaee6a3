package lectern.progress.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSecurity;
import lectern.web.TokenSession;
import lectern.web.TokenSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues signed tokens: for valid credentials, and for a session that goes on. */
class TokenIssuer {

	static final Duration LIFETIME = Duration.ofMinutes(30);

	static final ProblemType SIGN_IN_REFUSED = new ProblemType("sign-in-refused", HttpStatus.UNAUTHORIZED,
			"The reader or the password is wrong");

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	private final SigningKeyStore keyStore;

	private final Sessions sessions;

	private final TokenSettings settings;

	private final Clock clock;

	TokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, SigningKeyStore keyStore, Sessions sessions,
			TokenSettings settings, Clock clock) {
		this.accounts = accounts;
		this.passwordHasher = passwordHasher;
		this.keyStore = keyStore;
		this.sessions = sessions;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Sign a reader in, which begins a session.
	 * @param userAgent what the reader will recognize the session by; null if unknown
	 * @return cold; fails with the same {@link Problem}, after the same time, whether the
	 * password is wrong or there is no such reader
	 */
	Mono<IssuedToken> signIn(String reader, String password, @Nullable String userAgent) {
		return find(reader).singleOptional()
			.flatMap((stored) -> this.passwordHasher.matches(password, hash(stored))
				.filter((matches) -> matches)
				.flatMap((_) -> Mono.justOrEmpty(stored)))
			.flatMap((account) -> this.sessions.begin(account, userAgent)
				.flatMap((session) -> issue(account.account(), session)))
			.switchIfEmpty(Mono.error(TokenIssuer::invalidCredentials));
	}

	/**
	 * Issue the next token of a session, for the account as it is now.
	 * @return cold; fails with a {@link Problem} (401) if the session has ended
	 */
	Mono<IssuedToken> renew(UUID session) {
		return this.sessions.renew(session)
			.flatMap((renewed) -> issue(renewed.account(), renewed.session()))
			.switchIfEmpty(Mono.error(TokenIssuer::sessionEnded));
	}

	private Mono<StoredAccount> find(String reader) {
		String handle = HandlePolicy.normalize(reader);
		return HandlePolicy.isValid(handle) ? this.accounts.find(handle) : Mono.empty();
	}

	private static @Nullable String hash(Optional<StoredAccount> stored) {
		return stored.map(StoredAccount::passwordHash).orElse(null);
	}

	/** A signature may block for randomness. */
	private Mono<IssuedToken> issue(Account account, ReaderSession session) {
		return this.keyStore.get().publishOn(Schedulers.boundedElastic()).map((key) -> sign(account, session, key));
	}

	private IssuedToken sign(Account account, ReaderSession session, ECKey key) {
		Instant now = this.clock.instant();
		Instant expiry = now.plus(LIFETIME).isBefore(session.expiresAt()) ? now.plus(LIFETIME) : session.expiresAt();
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").keyId(key.getKeyID()).build();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.issuer(this.settings.issuer())
			.audience(List.of(this.settings.audience()))
			.subject(account.reader())
			.issuedAt(now)
			.expiresAt(expiry)
			.claim(TokenSecurity.ROLES, account.roles())
			.claim(TokenSession.ID_CLAIM, session.id().toString())
			.claim(TokenSession.END_CLAIM, session.expiresAt().getEpochSecond())
			.build();
		String token = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
			.encode(JwtEncoderParameters.from(header, claims))
			.getTokenValue();
		return new IssuedToken(new TokenResponse(token, "Bearer", Duration.between(now, expiry).toSeconds()),
				Duration.between(now, session.expiresAt()));
	}

	private static Problem sessionEnded() {
		return Problem.of(ProblemType.UNAUTHENTICATED, "The session has ended. Sign in again.")
			.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
	}

	private static Problem invalidCredentials() {
		return Problem.of(SIGN_IN_REFUSED, "No reader has this handle, or the password is wrong.")
			.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
	}

	/**
	 * A token with what its cookie needs.
	 *
	 * @param sessionRemaining how long its session lasts at most
	 */
	record IssuedToken(TokenResponse response, Duration sessionRemaining) {

	}

}
