package lectern.progress.account;

import lectern.web.setting.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Creates the administrator's account with the configured password. */
@Component
class AdminAccountInitializer {

	private static final Logger logger = LoggerFactory.getLogger(AdminAccountInitializer.class);

	private static final Account ADMIN = new Account(HandlePolicy.ADMIN, "Administrator", Role.ALL);

	private final String password;

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	/**
	 * @throws StartRefusedException if the configured password is too weak
	 */
	AdminAccountInitializer(AccountSettings settings, AccountRepository accounts, PasswordPolicy passwordPolicy,
			PasswordHasher passwordHasher) {
		this.password = requireStrong(settings.adminPassword(), passwordPolicy);
		this.accounts = accounts;
		this.passwordHasher = passwordHasher;
	}

	/** A service that starts with a weak password would be open to everybody. */
	private static String requireStrong(String password, PasswordPolicy passwordPolicy) {
		String violation = passwordPolicy.adminViolation(password);
		if (!password.isEmpty() && violation != null) {
			throw new StartRefusedException(
					"The password of the account admin (LECTERN_ADMIN_PASSWORD) " + violation + ".");
		}
		return password;
	}

	/**
	 * Create the account, or set the configured password if the stored one differs.
	 * @return cold
	 */
	Mono<Void> ensureExists() {
		if (this.password.isEmpty()) {
			return Mono.fromRunnable(() -> logger
				.warn("Account admin is not created: no password is configured (LECTERN_ADMIN_PASSWORD)"));
		}
		return this.accounts.find(HandlePolicy.ADMIN)
			.flatMap((stored) -> this.passwordHasher.matches(this.password, stored.passwordHash()))
			.filter((matches) -> matches)
			.switchIfEmpty(Mono.defer(this::store).thenReturn(true))
			.then();
	}

	private Mono<Void> store() {
		return this.passwordHasher.hash(this.password)
			.flatMap((hash) -> this.accounts.upsert(new StoredAccount(ADMIN, hash)))
			.doOnSuccess((_) -> logger.info("Set the configured password of account admin"));
	}

}
