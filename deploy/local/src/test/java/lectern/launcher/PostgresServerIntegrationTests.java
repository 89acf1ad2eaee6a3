package lectern.launcher;

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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import lectern.launcher.Supervisor.ShutdownPhase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresServerIntegrationTests {

	private static final RestartBackoff FAST_RESTARTS = new RestartBackoff(Duration.ofMillis(50),
			Duration.ofMillis(200), Duration.ofSeconds(60), new Random(7));

	private static final List<String> CONSOLE_LINES = new CopyOnWriteArrayList<>();

	@TempDir
	static Path folder;

	private static DataFolder data;

	private static Supervisor supervisor;

	private static Ports ports;

	private static Databases databases;

	@BeforeAll
	static void start() throws Exception {
		data = DataFolder.open(folder, DataFolder.MIN_FREE_BYTES);
		ports = FreePorts.find();
		// Left behind when the launcher is killed during the unpacking or initdb.
		Files.createDirectories(data.path().resolve("postgresql-" + PostgresBinaries.version() + ".unpacking/bin"));
		Files.createDirectories(data.path().resolve("database.unfinished/base"));
		UnprivilegedUser user = UnprivilegedUser.detect();
		PostgresBinaries binaries = PostgresBinaries.unpack(data.path());
		PostgresCluster.create(data, binaries, user, CONSOLE_LINES::add);
		supervisor = new Supervisor(data, FAST_RESTARTS, CONSOLE_LINES::add);
		supervisor
			.start(new PostgresServer(binaries, user, data.path(), data.clusterFolder(), ports.postgres(), Map.of()))
			.awaitReady(HANG_LIMIT);
		databases = new Databases(ports.postgres(), data.secrets());
		databases.create();
	}

	@AfterAll
	static void stopAndVerifyNoProcessIsLeft() throws Exception {
		supervisor.stop(new ShutdownPhase(Duration.ofSeconds(9), "postgresql"));
		assertThat(OrphanReaper.findPostgres(data.path())).isEmpty();
		assertThat(Files.readString(data.logFolder().resolve("postgresql.log")))
			.contains("received fast shutdown request")
			.contains("database system is shut down");
		data.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fsync", "full_page_writes", "synchronous_commit", "data_checksums" })
	void durabilitySettingIsOn(String setting) throws Exception {
		try (Connection connection = databases.connect("progress", "progress")) {
			assertThat(queryValue(connection, "show " + setting)).isEqualTo("on");
		}
	}

	@Test
	void encodingIsUtf8() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			assertThat(queryValue(connection, "show server_encoding")).isEqualTo("UTF8");
			assertThat(queryValue(connection, "select lower('ŒUVRE')")).isEqualTo("œuvre");
			assertThat(queryValue(connection, "select to_tsvector('simple', 'sea—Œuvre')"))
				.isEqualTo("'sea':1 'œuvre':2");
		}
	}

	@Test
	void listensOnLoopbackOnly() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			assertThat(queryValue(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
		}
		try (Connection connection = databases.connect(PostgresCluster.SUPERUSER, "postgres")) {
			assertThat(queryValue(connection, "show unix_socket_directories")).isEmpty();
		}
	}

	@Test
	void rejectsLoginWithoutValidPassword() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url("catalog"), "catalog", "guessed"))
			.withMessageContaining("password authentication failed");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url("postgres"), "postgres", ""))
			.withMessageContaining("password");
	}

	@Test
	void roleCannotConnectToOtherDatabase() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> databases.connect("catalog", "progress"))
			.withMessageContaining("permission denied");
	}

	@Test
	void serviceRoleCanCreateSearchExtensions() throws Exception {
		try (Connection connection = databases.connect("catalog", "catalog")) {
			execute(connection, "create extension unaccent");
			execute(connection, "create extension pg_trgm");
			assertThat(queryValue(connection, "select unaccent('Déjà')")).isEqualTo("Deja");
		}
	}

	@Test
	void creatingDatabasesTwiceIsIdempotent() throws Exception {
		databases.create();

		databases.connect("progress", "progress").close();
	}

	@Test
	void rejectsDatabaseWithMigrationOfNewerVersion() throws Exception {
		Path jar = createJar("db/migration/V1__first.sql", "db/migration/V1_1__second.sql");
		MigrationCheck check = new MigrationCheck(databases, data.path());
		check.requireKnownMigrations("progress", jar);
		try (Connection connection = databases.connect("progress", "progress")) {
			execute(connection, "create table flyway_schema_history (version text, success boolean)");
			execute(connection, "insert into flyway_schema_history values ('1', true), ('1.1', true), (null, true)");
			check.requireKnownMigrations("progress", jar);
			execute(connection, "insert into flyway_schema_history values ('2', true)");
		}

		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> check.requireKnownMigrations("progress", jar))
			.withMessageContaining("was written by a newer Lectern (migration 2 of the database progress)")
			.withMessageContaining("set LECTERN_DATA");
	}

	private static Path createJar(String... entries) throws IOException {
		Path jar = folder.resolve("service.jar");
		try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar))) {
			for (String entry : entries) {
				stream.putNextEntry(new JarEntry(entry));
			}
		}
		return jar;
	}

	@Test
	void killedServerIsRestartedWithoutLosingCommittedRows() throws Exception {
		try (Connection connection = databases.connect("progress", "progress")) {
			execute(connection, "create table kept (n int)");
			execute(connection, "insert into kept select generate_series(1, 1000)");
		}
		String pid = Files.readString(data.pidFile("postgresql"));

		ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();

		Awaitility.await().atMost(HANG_LIMIT).until(() -> !Files.readString(data.pidFile("postgresql")).equals(pid));
		assertThat(CONSOLE_LINES)
			.anyMatch((line) -> line.startsWith("postgresql ended with exit code 137; restarting it"));
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.ignoreExceptions()
			.until(() -> count("kept"), Optional.of("1000")::equals);
	}

	private static Optional<String> count(String table) throws IOException, SQLException {
		try (Connection connection = databases.connect("progress", "progress")) {
			return Optional.of(queryValue(connection, "select count(*) from " + table));
		}
	}

	private static String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + database;
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String queryValue(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}
