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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues a signed token for valid credentials. */
class TokenIssuer {

	/** The {@code iss} claim of every token. */
	static final String ISSUER = "lectern";

	static final Duration LIFETIME = Duration.ofMinutes(30);

	static final ProblemType SIGN_IN_REFUSED = new ProblemType("sign-in-refused", HttpStatus.UNAUTHORIZED,
			"The reader or the password is wrong");

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	private final SigningKeyStore keyStore;

	private final String audience;

	private final Clock clock;

	TokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, SigningKeyStore keyStore, String audience,
			Clock clock) {
		this.accounts = accounts;
		this.passwordHasher = passwordHasher;
		this.keyStore = keyStore;
		this.audience = audience;
		this.clock = clock;
	}

	/**
	 * Sign a reader in.
	 * @return cold; fails with the same {@link Problem}, after the same time, whether the
	 * password is wrong or there is no such reader
	 */
	Mono<TokenResponse> signIn(String reader, String password) {
		// The key is loaded first, so that signing runs on the password thread, where it
		// may block for randomness.
		return this.keyStore.get()
			.flatMap((key) -> find(reader).singleOptional()
				.flatMap((stored) -> this.passwordHasher.matches(password, hash(stored))
					.filter((matches) -> matches)
					.flatMap((_) -> Mono.justOrEmpty(stored))
					.map((signedIn) -> sign(signedIn.account(), key))))
			.switchIfEmpty(Mono.error(TokenIssuer::invalidCredentials));
	}

	private Mono<StoredAccount> find(String reader) {
		String handle = HandlePolicy.normalize(reader);
		return HandlePolicy.isValid(handle) ? this.accounts.find(handle) : Mono.empty();
	}

	private static @Nullable String hash(Optional<StoredAccount> stored) {
		return stored.map(StoredAccount::passwordHash).orElse(null);
	}

	private TokenResponse sign(Account account, ECKey key) {
		Instant now = this.clock.instant();
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").keyId(key.getKeyID()).build();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.issuer(ISSUER)
			.audience(List.of(this.audience))
			.subject(account.reader())
			.issuedAt(now)
			.expiresAt(now.plus(LIFETIME))
			.claim(TokenSecurity.ROLES, account.roles())
			.build();
		String token = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
			.encode(JwtEncoderParameters.from(header, claims))
			.getTokenValue();
		return new TokenResponse(token, "Bearer", LIFETIME.toSeconds());
	}

	private static Problem invalidCredentials() {
		return Problem.of(SIGN_IN_REFUSED, "No reader has this handle, or the password is wrong.")
			.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
	}

}
