package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import lectern.launcher.Supervisor.ShutdownPhase;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The PostgreSQL of a data folder without the services, for tests that write what another
 * release of them has left. The folder is created if it is missing, as the launcher
 * creates it.
 */
public final class LoneDatabase implements AutoCloseable {

	private static final LauncherConsole NO_CONSOLE = (_) -> {
	};

	private final DataFolder data;

	private final Supervisor supervisor;

	private final int port;

	private LoneDatabase(DataFolder data, Supervisor supervisor, int port) {
		this.data = data;
		this.supervisor = supervisor;
		this.port = port;
	}

	/** Start PostgreSQL and wait until both databases exist. */
	public static LoneDatabase start(Path folder) throws IOException, SQLException, InterruptedException {
		DataFolder data = DataFolder.open(folder, DataFolder.MIN_FREE_BYTES);
		LoneDatabase database = new LoneDatabase(data, new Supervisor(data, RestartBackoff.defaults(), NO_CONSOLE),
				FreePorts.find().postgres());
		try {
			database.start();
		}
		catch (IOException | SQLException | InterruptedException | RuntimeException ex) {
			database.close();
			throw ex;
		}
		return database;
	}

	private void start() throws IOException, SQLException, InterruptedException {
		UnprivilegedUser user = UnprivilegedUser.detect();
		PostgresBinaries binaries = PostgresBinaries.unpack(this.data.path());
		PostgresCluster.create(this.data, binaries, user, NO_CONSOLE);
		this.supervisor
			.start(new PostgresServer(binaries, user, this.data.path(), this.data.clusterFolder(), this.port, Map.of()))
			.awaitReady(HANG_LIMIT);
		new Databases(this.port, this.data.secrets()).create();
		// Not copied: the cursors of this folder stay valid.
		new DataPlace(this.data.path()).record();
	}

	/** Connect to the database of a service, as the service does. */
	public Connection connect(String database) throws IOException, SQLException {
		return new Databases(this.port, this.data.secrets()).connect(database, database);
	}

	/** The port of PostgreSQL on the loopback address. */
	public int port() {
		return this.port;
	}

	@Override
	public void close() throws IOException {
		try (this.data) {
			this.supervisor.stop(new ShutdownPhase(Duration.ofSeconds(9), "postgresql"));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
