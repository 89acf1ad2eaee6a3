package lectern.progress.account;

import java.time.Duration;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import lectern.progress.TestDatabase;
import lectern.streaming.postgreslog.TestPostgres;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.health.contributor.Status;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class StartupInitializerIntegrationTests {

	@Test
	void readyOnlyAfterDatabaseIsInitialized() {
		String url = TestPostgres.database();
		ConnectionFactory connections = ConnectionFactories.get("r2dbc:" + url.replace("://", "://postgres:postgres@"));
		DatabaseClient database = DatabaseClient.create(connections);
		AccountRepository accounts = new AccountRepository(database);
		PasswordHasher passwordHasher = new PasswordHasher(1, 8, 8);
		StartupInitializer initializer = new StartupInitializer(
				SigningKeyStoreIntegrationTests.newInstance(connections),
				new AdminAccountInitializer(new AccountSettings(true, "open sesame, please", ""), accounts,
						new PasswordPolicy(), passwordHasher));
		initializer.start();
		try {
			assertThat(Flux.interval(Duration.ofMillis(100))
				.take(5)
				.map((_) -> status(initializer))
				.collectList()
				.block(HANG_LIMIT)).containsOnly(Status.OUT_OF_SERVICE);
			TestDatabase.migrate(url);
			Flux.interval(Duration.ofMillis(50))
				.filter((_) -> status(initializer).equals(Status.UP))
				.blockFirst(HANG_LIMIT);
			assertThat(accounts.find("admin").map((stored) -> stored.account().roles()).block(HANG_LIMIT))
				.containsExactly("curator", "operator");
		}
		finally {
			initializer.stop();
			passwordHasher.destroy();
		}
	}

	private static Status status(StartupInitializer initializer) {
		return initializer.health().getStatus();
	}

}
