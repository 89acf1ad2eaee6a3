package lectern.progress.account;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** The account of the people who run this place, with the password they configured. */
@Component
class AdminAccountInitializer {

	private static final Logger logger = LoggerFactory.getLogger(AdminAccountInitializer.class);

	private static final Account ADMIN = new Account(HandlePolicy.ADMIN, "Administrator",
			List.of("curator", "operator"));

	private final String password;

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	AdminAccountInitializer(AccountSettings settings, AccountRepository accounts, PasswordHasher passwords) {
		this.password = settings.adminPassword();
		this.accounts = accounts;
		this.passwordHasher = passwords;
	}

	/** Make the account, or give it the configured password if it has another; cold. */
	Mono<Void> ensureExists() {
		if (this.password.isEmpty()) {
			return Mono.fromRunnable(() -> logger
				.warn("No password is configured for the account admin (LECTERN_ADMIN_PASSWORD): it is not made."));
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
			.doOnSuccess((_) -> logger.info("The account admin has the configured password now."));
	}

}
