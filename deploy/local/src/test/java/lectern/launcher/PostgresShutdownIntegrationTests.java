package lectern.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import lectern.launcher.Supervisor.ShutdownPhase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A PostgreSQL that does not stop in time because one of its processes is frozen. It is
 * asked to end, and never killed.
 */
class PostgresShutdownIntegrationTests {

	private static final ShutdownPhase SHORT_PHASE = new ShutdownPhase(Duration.ofMillis(500), "postgresql");

	private static final ShutdownPhase LONG_PHASE = new ShutdownPhase(HANG_LIMIT, "postgresql");

	@TempDir
	Path folder;

	private final List<String> consoleLines = new CopyOnWriteArrayList<>();

	private DataFolder data;

	private UnprivilegedUser user;

	private PostgresBinaries binaries;

	private Supervisor supervisor;

	private int port;

	@BeforeEach
	void start() throws Exception {
		this.data = DataFolder.open(this.folder, DataFolder.MIN_FREE_BYTES);
		this.user = UnprivilegedUser.detect();
		this.binaries = PostgresBinaries.unpack(this.data.path());
		PostgresCluster.create(this.data, this.binaries, this.user, this.consoleLines::add);
		this.port = FreePorts.find().postgres();
		startServer();
		new Databases(this.port, this.data.secrets()).create();
		execute("create table kept as select generate_series(1, 1000) as n");
	}

	private void startServer() throws Exception {
		this.consoleLines.clear();
		this.supervisor = new Supervisor(this.data, RestartBackoff.defaults(), this.consoleLines::add);
		this.supervisor
			.start(new PostgresServer(this.binaries, this.user, this.data.path(), this.data.clusterFolder(), this.port,
					Map.of()))
			.awaitReady(HANG_LIMIT);
	}

	@AfterEach
	void stop() throws Exception {
		this.supervisor.stop(LONG_PHASE);
		this.data.close();
	}

	@Test
	void serverThatDoesNotStopInTimeEndsWithoutCheckpointAndRecovers() throws Exception {
		send("STOP", process("checkpointer"));

		this.supervisor.stop(SHORT_PHASE);

		assertThat(this.consoleLines).last()
			.asString()
			.startsWith("postgresql did not stop in time and ends without a checkpoint");
		assertThat(OrphanReaper.findPostgres(this.data.path())).isEmpty();
		assertThat(log()).contains("received immediate shutdown request");

		startServer();

		assertThat(log()).contains("automatic recovery in progress");
		assertThat(count()).isEqualTo(1000);
	}

	@Test
	void serverOfKilledLauncherThatDoesNotStopInTimeIsAskedToEnd() throws Exception {
		send("STOP", process("checkpointer"));
		// As if this launcher had been killed: nothing restarts the server.
		this.supervisor.stop();

		OrphanReaper.stopOrphans(this.data.path(), this.consoleLines::add, Duration.ofSeconds(15));

		assertThat(this.consoleLines).last().asString().contains("ends without a checkpoint");
		assertThat(OrphanReaper.findPostgres(this.data.path())).isEmpty();
		assertThat(log()).contains("received fast shutdown request").contains("received immediate shutdown request");
	}

	@Test
	void serverOfKilledLauncherThatDoesNotEndRefusesTheStart() throws Exception {
		long server = Long.parseLong(Files.readString(this.data.pidFile("postgresql")).strip());
		send("STOP", server);
		this.supervisor.stop();

		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(
					() -> OrphanReaper.stopOrphans(this.data.path(), this.consoleLines::add, Duration.ofMillis(500)))
			.withMessageContaining("The PostgreSQL of an earlier run (process ")
			.withMessageContaining("does not end");

		assertThat(ProcessHandle.of(server)).get().matches(OrphanReaper::isRunning);
		send("CONT", server);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> OrphanReaper.findPostgres(this.data.path()).isEmpty());
	}

	/** Return the id of the process of PostgreSQL with this type. */
	private long process(String type) throws Exception {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			ResultSet row = statement
				.executeQuery("select pid from pg_stat_activity where backend_type = '" + type + "'");
			assertThat(row.next()).isTrue();
			return row.getLong(1);
		}
	}

	private long count() throws Exception {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			ResultSet row = statement.executeQuery("select count(*) from kept");
			assertThat(row.next()).isTrue();
			return row.getLong(1);
		}
	}

	private void execute(String sql) throws Exception {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection connect() throws Exception {
		return new Databases(this.port, this.data.secrets()).connect(PostgresCluster.SUPERUSER, "postgres");
	}

	private String log() throws Exception {
		return Files.readString(this.data.logFolder().resolve("postgresql.log"));
	}

	private static void send(String signal, long pid) throws Exception {
		assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid).start()
			.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

}
