package lectern.local;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.local.Supervisor.Step;

/** The whole of Lectern: the database and the services over one data folder. */
final class Lectern {

	private static final Duration READY = Duration.ofSeconds(120);

	/** Ten seconds in all, with one to spare; streams end first, the database last. */
	private static final Step[] STOP_ORDER = { new Step(Duration.ofSeconds(4), "gateway"),
			new Step(Duration.ofSeconds(7), "catalog-service", "progress-service"),
			new Step(Duration.ofSeconds(9), "postgresql") };

	private final Settings settings;

	private final Console console;

	private volatile @Nullable Supervisor supervisor;

	Lectern(Settings settings, Console console) {
		this.settings = settings;
		this.console = console;
	}

	/**
	 * Start everything and return when all of it serves.
	 * @throws Refusal if it cannot be started, which the user can mend
	 * @throws InterruptedException if it was stopped meanwhile
	 */
	void start() throws InterruptedException {
		try {
			DataFolder data = DataFolder.open(this.settings.data(), DataFolder.ROOM);
			OwnProcesses.stopLeftovers(data.path(), this.console);
			PostgresCluster.refuseOtherVersion(data.database(), PostgresBinaries.majorVersion());
			this.settings.ports().refuseTaken();
			Supervisor supervising = new Supervisor(data, RestartPause.usual(), this.console);
			this.supervisor = supervising;
			startDatabase(data, supervising);
			startServices(data, supervising);
			this.console.say("Lectern is ready: http://localhost:" + this.settings.ports().gateway() + "/");
			this.console
				.say("Data is in " + data.path() + ", logs are in " + data.logs() + "; Ctrl-C stops everything.");
		}
		catch (IOException ex) {
			throw DataFolder.unusable(this.settings.data(), ex);
		}
	}

	private void startDatabase(DataFolder data, Supervisor supervising) throws IOException, InterruptedException {
		OrdinaryUser user = OrdinaryUser.find();
		PostgresBinaries binaries = PostgresBinaries.unpack(data.path());
		PostgresCluster.create(data, binaries, user, this.console);
		int port = this.settings.ports().postgres();
		supervising.start(new PostgresServer(binaries, user, data.path(), data.database(), port)).awaitReady(READY);
		try {
			new Databases(port, data.secrets()).create();
		}
		catch (SQLException ex) {
			throw new Refusal("The databases could not be prepared (" + ex.getMessage() + "): see "
					+ data.logs().resolve("postgresql.log") + ".");
		}
	}

	private void startServices(DataFolder data, Supervisor supervising) throws IOException, InterruptedException {
		Services services = new Services(this.settings, data);
		String adminPassword = data.secrets().adminPassword(this.settings.adminPassword(), this.console);
		List<Program> programs = List.of(services.catalog(), services.progress(adminPassword), services.gateway());
		List<SupervisedProcess> started = new ArrayList<>();
		for (Program program : programs) {
			started.add(supervising.start(program));
		}
		for (SupervisedProcess process : started) {
			process.awaitReady(READY);
		}
	}

	/** Stop whatever runs, within ten seconds. */
	void stop() throws IOException, InterruptedException {
		Supervisor supervising = this.supervisor;
		if (supervising != null) {
			supervising.stop(STOP_ORDER);
		}
	}

}
