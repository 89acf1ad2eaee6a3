package lectern.progress.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import lectern.progress.account.SessionRepository.AccountSession;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Issues signed tokens: for valid credentials, and for a session that goes on. */
class TokenIssuer {

	static final ProblemType SIGN_IN_REFUSED = new ProblemType("sign-in-refused", HttpStatus.UNAUTHORIZED,
			"The reader or the password is wrong");

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	private final Sessions sessions;

	private final TokenEncoder encoder;

	private final Clock clock;

	TokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, Sessions sessions, TokenEncoder encoder,
			Clock clock) {
		this.accounts = accounts;
		this.passwordHasher = passwordHasher;
		this.sessions = sessions;
		this.encoder = encoder;
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
			.flatMap((account) -> this.sessions.begin(account, userAgent))
			.flatMap(this::issue)
			.switchIfEmpty(Mono.error(TokenIssuer::invalidCredentials));
	}

	/**
	 * Issue the next token of a session, for the account as it is now.
	 * @return cold; fails with a {@link Problem} (401) if the session has ended
	 */
	Mono<IssuedToken> renew(UUID session) {
		return this.sessions.renew(session).flatMap(this::issue).switchIfEmpty(Mono.error(TokenIssuer::sessionEnded));
	}

	private Mono<StoredAccount> find(String reader) {
		String handle = HandlePolicy.normalize(reader);
		return HandlePolicy.isValid(handle) ? this.accounts.find(handle) : Mono.empty();
	}

	private static @Nullable String hash(Optional<StoredAccount> stored) {
		return stored.map(StoredAccount::passwordHash).orElse(null);
	}

	private Mono<IssuedToken> issue(AccountSession granted) {
		ReaderSession session = granted.session();
		return this.encoder
			.encode(new TokenGrant(granted.account(), granted.rolesId(), session.id(), session.expiresAt()))
			.map((token) -> new IssuedToken(token, Duration.between(this.clock.instant(), session.expiresAt())));
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
