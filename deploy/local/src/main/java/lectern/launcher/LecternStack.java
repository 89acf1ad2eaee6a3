package lectern.launcher;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lectern.launcher.Supervisor.ShutdownPhase;
import lectern.launcher.demo.Demo;
import org.jspecify.annotations.Nullable;

/** The database and the three services over one data folder. */
final class LecternStack {

	/**
	 * A stop is promised within 10 s; the phases use 9 of them. The gateway is first so
	 * that streams end in order, and the database is last.
	 */
	private static final ShutdownPhase[] SHUTDOWN_PHASES = { new ShutdownPhase(Duration.ofSeconds(4), "gateway"),
			new ShutdownPhase(Duration.ofSeconds(7), "catalog-service", "progress-service"),
			new ShutdownPhase(Duration.ofSeconds(9), "postgresql") };

	/** What the phases leave of the 10 s. */
	private static final Duration DEMO_STOP_TIMEOUT = Duration.ofMillis(500);

	private final LauncherSettings settings;

	private final LauncherConsole console;

	private final Installation installation;

	private final Map<String, String> environment;

	private final AotOptions aotOptions;

	private volatile @Nullable Supervisor supervisor;

	private volatile @Nullable Demo demo;

	LecternStack(LauncherSettings settings, LauncherConsole console) {
		this(settings, console, System.getenv(), new AotCaches(settings, console));
	}

	/**
	 * @param environment the environment of which services get what they read
	 * @param aotOptions tells which AOT caches the services use or write
	 */
	LecternStack(LauncherSettings settings, LauncherConsole console, Map<String, String> environment,
			AotOptions aotOptions) {
		this.settings = settings;
		this.console = console;
		this.environment = environment;
		this.aotOptions = aotOptions;
		this.installation = new Installation(settings.root());
	}

	/**
	 * Start all processes and return when all are ready.
	 * @throws StartupException if a process cannot be started; the message says what the
	 * user can do
	 * @throws InterruptedException if it is stopped during the start
	 */
	void start() throws InterruptedException {
		try {
			DataFolder data = DataFolder.open(this.settings.dataFolder(), DataFolder.MIN_FREE_BYTES);
			data.warnIfOpenToOthers(this.console);
			OrphanReaper.stopOrphans(data.path(), this.console);
			DatabaseRestore.requireComplete(data);
			PostgresCluster.requireVersion(data.clusterFolder(), PostgresBinaries.majorVersion());
			this.settings.ports().requireAvailable();
			UnprivilegedUser user = UnprivilegedUser.detect();
			user.requireAllowedPort(this.settings.ports());
			this.installation.requireServices();
			Supervisor newSupervisor = new Supervisor(data, RestartBackoff.defaults(), this.console);
			this.supervisor = newSupervisor;
			SupervisedProcess database = startDatabase(data, user, newSupervisor);
			startServices(data, database, newSupervisor);
			this.console.printLine("Lectern is ready: " + this.settings.gatewayUrl("localhost") + "/");
			this.console.printLine(
					"Data is in " + data.path() + ", logs are in " + data.logFolder() + "; Ctrl-C stops everything.");
		}
		catch (IOException ex) {
			throw DataFolder.unusableException(this.settings.dataFolder(), ex);
		}
	}

	private SupervisedProcess startDatabase(DataFolder data, UnprivilegedUser user, Supervisor starter)
			throws IOException, InterruptedException {
		PostgresBinaries binaries = PostgresBinaries.unpack(data.path());
		PostgresCluster.create(data, binaries, user, this.console);
		int port = this.settings.ports().postgres();
		DataPlace place = new DataPlace(data.path());
		boolean newPlace = place.isNew();
		WalArchiving archiving = new WalArchiving(data.path());
		archiving.install(this.settings.erasureFolder());
		if (newPlace) {
			// The backups belong to the original.
			archiving.forgetBackups();
		}
		archiving.warnOfFailure(this.console);
		SupervisedProcess database = starter.start(new PostgresServer(binaries, user, data.path(), data.clusterFolder(),
				port, WalArchiving.serverSettings()));
		database.awaitReady(this.settings.startTimeout());
		try {
			Databases databases = new Databases(port, data.secrets());
			databases.create();
			MigrationCheck check = new MigrationCheck(databases, data.path());
			for (String name : Databases.NAMES) {
				check.requireKnownMigrations(name, this.installation.jar(name + "-service"));
			}
			if (newPlace) {
				mintEpochs(databases);
				place.record();
			}
		}
		catch (SQLException ex) {
			throw StartupException.temporary("The databases could not be created (" + ex.getMessage() + "): see "
					+ data.logFolder().resolve("postgresql.log") + ".");
		}
		return database;
	}

	/** Make the cursors of a database differ from those of the one it was copied from. */
	private void mintEpochs(Databases databases) throws IOException, SQLException {
		if (new LogEpochs(databases).mint() > 0) {
			this.console.printLine("The data folder was copied or restored: clients are told to read everything again,"
					+ " and backups begin with the next lectern backup.");
		}
	}

	private void startServices(DataFolder data, SupervisedProcess database, Supervisor starter)
			throws IOException, InterruptedException {
		ServiceProgramFactory services = new ServiceProgramFactory(this.settings, data.path(), this.environment,
				this.aotOptions);
		String adminPassword = data.secrets().adminPassword(this.settings.adminPassword(), this.console);
		List<Program> programs = List.of(services.catalog(), services.progress(adminPassword), services.gateway());
		List<SupervisedProcess> started = new ArrayList<>();
		for (Program program : programs) {
			started.add(starter.start(program));
		}
		for (SupervisedProcess process : started) {
			process.awaitReady(this.settings.startTimeout(), database);
		}
	}

	/**
	 * Start the demo, which prints what it does, and return at once. All processes must
	 * be ready.
	 */
	void startDemo() {
		this.demo = Demo.start(DemoFolder.settings(this.settings, this.console));
	}

	/**
	 * Stop one service, and wait as long as it makes progress.
	 * @return the last lines of its log
	 */
	List<String> stopWhileBusy(String service) throws IOException, InterruptedException {
		Supervisor running = this.supervisor;
		return (running != null) ? running.stopWhileBusy(service, this.settings.startTimeout()) : List.of();
	}

	/** Stop the demo, if it runs. */
	void stopDemo() throws InterruptedException {
		Demo runningDemo = this.demo;
		if (runningDemo != null) {
			runningDemo.stop(DEMO_STOP_TIMEOUT);
		}
	}

	/** Stop the demo and all running processes within 10 s. */
	void stop() throws IOException, InterruptedException {
		stopDemo();
		Supervisor running = this.supervisor;
		if (running != null) {
			running.stop(SHUTDOWN_PHASES);
		}
	}

}
