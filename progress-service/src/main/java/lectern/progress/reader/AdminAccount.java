package lectern.progress.reader;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** The account of the people who run this place, with the password they configured. */
@Component
class AdminAccount {

	private static final Logger logger = LoggerFactory.getLogger(AdminAccount.class);

	private static final Account ADMIN = new Account(Handle.ADMIN, "Administrator", List.of("curator", "operator"));

	private final String password;

	private final Accounts accounts;

	private final Passwords passwords;

	AdminAccount(ReaderSettings settings, Accounts accounts, Passwords passwords) {
		this.password = settings.adminPassword();
		this.accounts = accounts;
		this.passwords = passwords;
	}

	/** Make the account, or give it the configured password if it has another; cold. */
	Mono<Void> provide() {
		if (this.password.isEmpty()) {
			return Mono.fromRunnable(() -> logger
				.warn("No password is configured for the account admin (LECTERN_ADMIN_PASSWORD): it is not made."));
		}
		return this.accounts.find(Handle.ADMIN)
			.flatMap((stored) -> this.passwords.matches(this.password, stored.passwordHash()))
			.filter((matches) -> matches)
			.switchIfEmpty(Mono.defer(this::put).thenReturn(true))
			.then();
	}

	private Mono<Void> put() {
		return this.passwords.hash(this.password)
			.flatMap((hash) -> this.accounts.put(new StoredAccount(ADMIN, hash)))
			.doOnSuccess((_) -> logger.info("The account admin has the configured password now."));
	}

}
