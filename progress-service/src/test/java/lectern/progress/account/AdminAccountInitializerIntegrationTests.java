package lectern.progress.account;

import java.time.Instant;

import lectern.progress.TestProgress;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AdminAccountInitializerIntegrationTests {

	private final EventLogFixture fixture = new EventLogFixture(new EventTypes());

	private final AccountRepository accounts = new AccountRepository(this.fixture.database);

	private final PasswordHasher passwordHasher = new PasswordHasher(1, 8, 8);

	@AfterEach
	void stop() {
		this.passwordHasher.destroy();
		this.fixture.close();
	}

	@Test
	void passwordIsThatOfLatestConfiguredStart() {
		start("");
		assertThat(this.accounts.find("admin").blockOptional(HANG_LIMIT)).isEmpty();
		start("open sesame, please");
		assertThat(matches("open sesame, please")).isTrue();
		start("another sesame");
		assertThat(matches("another sesame")).isTrue();
		assertThat(matches("open sesame, please")).isFalse();
		start("");
		assertThat(matches("another sesame")).isTrue();
	}

	/** The message must not show the password. */
	@Test
	void weakPasswordPreventsStart() {
		assertThatIllegalStateException().isThrownBy(() -> start("open sesame".repeat(19)))
			.withMessageContaining("LECTERN_ADMIN_PASSWORD")
			.withMessageContaining("12 to 200 characters")
			.withMessageNotContainingAny("sesame");
	}

	@Test
	void changedPasswordEndsSessionsAndTheSameOneDoesNot() {
		start("open sesame, please");
		SessionRepository sessions = new SessionRepository(this.fixture.database);
		ReaderSession session = this.accounts.find("admin")
			.flatMap((admin) -> sessions.insert(admin, "", Instant.now()))
			.map(SessionRepository.AccountSession::session)
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
		start("open sesame, please");
		assertThat(sessions.renew(session.id(), Instant.now()).blockOptional(HANG_LIMIT)).isPresent();
		start("another sesame");
		assertThat(sessions.renew(session.id(), Instant.now()).blockOptional(HANG_LIMIT)).isEmpty();
		TestProgress.awaitTrue(this.fixture.database,
				"select exists (select from revocation where session = '" + session.id() + "')");
	}

	private void start(String password) {
		new AdminAccountInitializer(new AccountSettings(true, password, ""), this.accounts, new PasswordPolicy(),
				this.passwordHasher)
			.ensureExists()
			.block(HANG_LIMIT);
	}

	private Boolean matches(String password) {
		return this.accounts.find("admin")
			.flatMap((stored) -> this.passwordHasher.matches(password, stored.passwordHash()))
			.block(HANG_LIMIT);
	}

}
