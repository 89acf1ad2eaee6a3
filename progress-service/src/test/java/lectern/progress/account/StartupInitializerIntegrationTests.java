package lectern.progress.account;

import java.time.Duration;

import io.r2dbc.spi.ConnectionFactories;
import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.health.contributor.Status;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class StartupInitializerIntegrationTests {

	@Test
	void readyOnlyAfterDatabaseIsInitialized() {
		String location = TestPostgres.database();
		DatabaseClient database = DatabaseClient
			.create(ConnectionFactories.get("r2dbc:" + location.replace("://", "://postgres:postgres@")));
		AccountRepository accounts = new AccountRepository(database);
		PasswordHasher passwords = new PasswordHasher(1, 8);
		StartupInitializer preparation = new StartupInitializer(new SigningKeyStore(database),
				new AdminAccountInitializer(new AccountSettings(true, "open sesame"), accounts, passwords));
		preparation.start();
		try {
			assertThat(Flux.interval(Duration.ofMillis(100))
				.take(5)
				.map((_) -> status(preparation))
				.collectList()
				.block(HANG_LIMIT)).containsOnly(Status.OUT_OF_SERVICE);
			Flyway.configure().dataSource("jdbc:" + location, "postgres", "postgres").load().migrate();
			Flux.interval(Duration.ofMillis(50))
				.filter((_) -> status(preparation).equals(Status.UP))
				.blockFirst(HANG_LIMIT);
			assertThat(accounts.find("admin").map((stored) -> stored.account().roles()).block(HANG_LIMIT))
				.containsExactly("curator", "operator");
		}
		finally {
			preparation.stop();
			passwords.destroy();
		}
	}

	private static Status status(StartupInitializer preparation) {
		return preparation.health().getStatus();
	}

}
