package lectern.streaming.postgreslog;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import lectern.streaming.postgreslog.DatabaseSettings.SslMode;
import lectern.web.setting.StartFault;
import lectern.web.setting.StartRefusedException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Databases that a service cannot use, and one that it can. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseCheckIntegrationTests {

	private static final Duration PAUSE = Duration.ofMillis(2);

	private final String url = TestPostgres.database();

	@Test
	void databaseOfOwnerIsAccepted() {
		assertThatCode(() -> check(settings(this.url, "postgres", true))).doesNotThrowAnyException();
	}

	@Test
	void databaseThatLosesWritesIsRefusedUnlessAllowed(CapturedOutput output) {
		check(settings(this.url, "postgres", true));
		assertThat(output).contains("PostgreSQL has fsync=off, synchronous_commit=off: "
				+ "acknowledged writes can be LOST in a crash. Turn it on.");

		assertRefused(settings(this.url, "postgres", false)).withMessage("The database " + this.url
				+ " loses acknowledged writes in a crash (fsync=off, synchronous_commit=off): "
				+ "turn that on in PostgreSQL, or set lectern.database.allow-data-loss to true.");
	}

	@Test
	void userWithoutRightsIsRefused() throws SQLException {
		execute("create role guest login");
		assertRefused(settings(this.url, "guest", true)).withMessageContaining("make the user the owner")
			.satisfies(DatabaseCheckIntegrationTests::assertPermanent);
	}

	@Test
	void databaseThatAcceptsNoWritesIsRefused() throws SQLException {
		execute("create role standby superuser login", "alter role standby set default_transaction_read_only = on");
		assertRefused(settings(this.url, "standby", true)).withMessageContaining("use the primary server")
			.satisfies(DatabaseCheckIntegrationTests::assertTemporary);
	}

	@Test
	void otherEncodingIsRefused() throws SQLException {
		execute("create database ascii encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0");
		assertRefused(settings(this.url.replaceAll("/[^/]*$", "/ascii"), "postgres", true))
			.withMessageContaining("has the encoding SQL_ASCII");
	}

	@Test
	void databaseThatIsMissingIsRefused() {
		assertRefused(settings(this.url + "_elsewhere", "postgres", true)).withMessageContaining("does not exist")
			.withMessageStartingWith("The database " + this.url + "_elsewhere cannot be used as the user postgres: ")
			.satisfies(DatabaseCheckIntegrationTests::assertPermanent);
	}

	@Test
	void userWhoMayNotConnectIsRefused() throws SQLException {
		execute("create role stranger login", "create database closed",
				"revoke connect on database closed from public");
		assertRefused(settings(this.url.replaceAll("/[^/]*$", "/closed"), "stranger", true))
			.withMessageContaining("permission denied")
			.satisfies(DatabaseCheckIntegrationTests::assertPermanent);
	}

	@Test
	void serverThatIsAwayIsRefused() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		assertRefused(settings("postgresql://127.0.0.1:" + port + "/catalog", "catalog", true))
			.withMessageStartingWith("The database postgresql://127.0.0.1:" + port + "/catalog cannot be used as")
			.withMessageContaining("refused")
			.satisfies(DatabaseCheckIntegrationTests::assertTemporary);
	}

	@Test
	void oldServerAndWrongCertificateAreRefusedBeforeAnythingIsMigrated()
			throws IOException, InterruptedException, SQLException {
		assumeTrue(OldPostgres.isInstalled(), "no PostgreSQL 15 is installed");
		try (OldPostgres old = OldPostgres.start()) {
			DatabaseSettings plain = settings(old.url(), "postgres", true);
			assertRefused(plain).withMessageContaining("is in PostgreSQL 15.")
				.withMessageEndingWith(": PostgreSQL 18 or newer is needed.")
				.satisfies(DatabaseCheckIntegrationTests::assertPermanent);
			assertRefused(settings(old, SslMode.VERIFY_CA, old.certificate())).withMessageContaining("PostgreSQL 15.");
			assertRefused(settings(old, SslMode.VERIFY_CA, old.otherCertificate()))
				.withMessageContaining("cannot be used as the user postgres: ")
				.withMessageContaining("certificat")
				.satisfies(DatabaseCheckIntegrationTests::assertTemporary);
			assertRefused(settings(old, SslMode.VERIFY_FULL, old.certificate()))
				.withMessageContaining("cannot be used as the user postgres: ")
				.withMessageContaining("127.0.0.1");
			Flyway flyway = Flyway.configure().dataSource(dataSource(plain)).load();
			assertThatExceptionOfType(StartRefusedException.class)
				.isThrownBy(() -> new DatabaseCheck(plain, PAUSE).migrate(flyway));
			assertThat(countTables(plain)).isZero();
		}
	}

	@Test
	void requestsUseTlsLikeTheCheck() throws IOException, InterruptedException {
		assumeTrue(OldPostgres.isInstalled(), "no PostgreSQL 15 is installed");
		try (OldPostgres server = OldPostgres.start()) {
			StepVerifier.create(usesTls(settings(server.url(), "postgres", SslMode.REQUIRE, null, true)))
				.expectNext(true)
				.expectComplete()
				.verify(HANG_LIMIT);
			StepVerifier.create(usesTls(settings(server, SslMode.VERIFY_CA, server.certificate())))
				.expectNext(true)
				.expectComplete()
				.verify(HANG_LIMIT);
			StepVerifier.create(usesTls(settings(server, SslMode.VERIFY_CA, server.otherCertificate())))
				.expectError()
				.verify(HANG_LIMIT);
			StepVerifier.create(usesTls(settings(server, SslMode.VERIFY_FULL, server.certificate())))
				.expectError()
				.verify(HANG_LIMIT);
		}
	}

	private static Mono<Boolean> usesTls(DatabaseSettings settings) {
		ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.parse("r2dbc:" + settings.url())
			.mutate()
			.option(ConnectionFactoryOptions.USER, settings.user());
		new DatabaseAutoConfiguration().sslCustomizer(settings).customize(options);
		String sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
		return Mono.usingWhen(ConnectionFactories.get(options.build()).create(),
				(connection) -> Flux.from(connection.createStatement(sql).execute())
					.flatMap((result) -> result.map((row) -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
					.single(),
				Connection::close);
	}

	private static long countTables(DatabaseSettings settings) throws SQLException {
		try (java.sql.Connection connection = dataSource(settings).getConnection();
				Statement statement = connection.createStatement();
				ResultSet tables = statement
					.executeQuery("select count(*) from pg_tables where schemaname = 'public'")) {
			assertThat(tables.next()).isTrue();
			return tables.getLong(1);
		}
	}

	private static ThrowableAssertAlternative<StartRefusedException> assertRefused(DatabaseSettings settings) {
		return assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> check(settings));
	}

	private static void assertPermanent(StartRefusedException refusal) {
		assertThat(StartFault.isPermanent(refusal)).as("a restart is of no use").isTrue();
	}

	private static void assertTemporary(StartRefusedException refusal) {
		assertThat(StartFault.isPermanent(refusal)).as("a restart is of no use").isFalse();
	}

	private static void check(DatabaseSettings settings) {
		new DatabaseCheck(settings, PAUSE).requireUsable(dataSource(settings));
	}

	private static PGSimpleDataSource dataSource(DatabaseSettings settings) {
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setUrl(settings.jdbcUrl());
		database.setUser(settings.user());
		database.setPassword("any");
		return database;
	}

	private static DatabaseSettings settings(String url, String user, boolean allowDataLoss) {
		return settings(url, user, SslMode.DISABLE, null, allowDataLoss);
	}

	private static DatabaseSettings settings(OldPostgres server, SslMode mode, Path authority) {
		return settings(server.url(), "postgres", mode, authority, true);
	}

	private static DatabaseSettings settings(String url, String user, SslMode mode, @Nullable Path authority,
			boolean allowDataLoss) {
		return new DatabaseSettings(url, user, "any", "auto", mode, authority, allowDataLoss);
	}

	private void execute(String... statements) throws SQLException {
		try (java.sql.Connection connection = DriverManager.getConnection("jdbc:" + this.url, "postgres", "any");
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
