package lectern.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lectern.local.Supervisor.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class PostgresServerIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final List<String> SAID = new CopyOnWriteArrayList<>();

	@TempDir
	static Path folder;

	private static DataFolder data;

	private static Supervisor supervisor;

	private static Ports ports;

	private static Databases databases;

	@BeforeAll
	static void start() throws Exception {
		data = DataFolder.open(folder, DataFolder.ROOM);
		ports = FreePorts.find();
		// What a killed unpacking and a killed initdb leave behind.
		Files.createDirectories(data.path().resolve("postgresql-" + PostgresBinaries.version() + ".unpacking/bin"));
		Files.createDirectories(data.path().resolve("database.unfinished/base"));
		OrdinaryUser user = OrdinaryUser.find();
		PostgresBinaries binaries = PostgresBinaries.unpack(data.path());
		PostgresCluster.create(data, binaries, user, SAID::add);
		supervisor = new Supervisor(data, RestartPause.usual(), SAID::add);
		supervisor.start(new PostgresServer(binaries, user, data.path(), data.database(), ports.postgres()))
			.awaitReady(SOON);
		databases = new Databases(ports.postgres(), data.secrets());
		databases.create();
	}

	@AfterAll
	static void stopLeavesNoProcess() throws Exception {
		supervisor.stop(new Step(Duration.ofSeconds(9), "postgresql"));
		assertThat(OwnProcesses.postgres(data.path())).isEmpty();
		assertThat(Files.readString(data.logs().resolve("postgresql.log"))).contains("received fast shutdown request")
			.contains("database system is shut down");
		data.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fsync", "full_page_writes", "synchronous_commit", "data_checksums" })
	void isDurable(String setting) throws Exception {
		try (Connection connection = databases.connect("progress", "progress")) {
			assertThat(value(connection, "show " + setting)).isEqualTo("on");
		}
	}

	@Test
	void speaksUtf8() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			assertThat(value(connection, "show server_encoding")).isEqualTo("UTF8");
			assertThat(value(connection, "select lower('ŒUVRE')")).isEqualTo("œuvre");
			assertThat(value(connection, "select to_tsvector('simple', 'sea—Œuvre')")).isEqualTo("'sea':1 'œuvre':2");
		}
	}

	@Test
	void listensOnLoopbackAlone() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			assertThat(value(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
		}
		try (Connection connection = databases.connect(PostgresCluster.SUPERUSER, "postgres")) {
			assertThat(value(connection, "show unix_socket_directories")).isEmpty();
		}
	}

	@Test
	void wantsAPassword() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url("catalog"), "catalog", "guessed"))
			.withMessageContaining("password authentication failed");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url("postgres"), "postgres", ""))
			.withMessageContaining("password");
	}

	@Test
	void aRoleReachesNoOtherDatabase() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> databases.connect("catalog", "progress"))
			.withMessageContaining("permission denied");
	}

	@Test
	void aServiceCanInstallTheExtensionsItSearchesWith() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			run(connection, "create extension unaccent");
			run(connection, "create extension pg_trgm");
			assertThat(value(connection, "select unaccent('Déjà')")).isEqualTo("Deja");
		}
	}

	@Test
	void preparingTheDatabasesAgainChangesNothing() throws Exception {
		databases.create();

		databases.connect("progress", "progress").close();
	}

	@Test
	void aKillLosesNothingCommittedAndTheServerIsStartedAgain() throws Exception {
		try (Connection connection = databases.connect("progress", "progress")) {
			run(connection, "create table kept (n int)");
			run(connection, "insert into kept select generate_series(1, 1000)");
		}
		String pid = Files.readString(data.pidFile("postgresql"));

		ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();

		Awaitility.await().atMost(SOON).until(() -> !Files.readString(data.pidFile("postgresql")).equals(pid));
		assertThat(SAID).anyMatch((line) -> line.startsWith("postgresql ended with exit code 137; starting it again"));
		Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> count("kept"), Optional.of("1000")::equals);
	}

	private static Optional<String> count(String table) throws IOException, SQLException {
		try (Connection connection = databases.connect("progress", "progress")) {
			return Optional.of(value(connection, "select count(*) from " + table));
		}
	}

	private static String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + database;
	}

	private static void run(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String value(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}
