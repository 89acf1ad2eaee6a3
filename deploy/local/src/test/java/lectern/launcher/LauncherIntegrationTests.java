package lectern.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The launcher as a process, with a real PostgreSQL and {@link FakeService fake
 * services}. A start takes seconds, so each test of signals starts one launcher and all
 * tests of a running launcher share one. All use the same data folder: the binaries are
 * unpacked and the database is created only once.
 */
class LauncherIntegrationTests {

	/** Promised by the documentation. */
	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	@TempDir
	static Path folder;

	private static Path root;

	private static Path data;

	@BeforeAll
	static void createProject() throws IOException {
		root = folder.toRealPath().resolve("project");
		data = folder.toRealPath().resolve("data");
		FakeProject.create(root);
	}

	@BeforeEach
	void deleteRecordOfStops() throws IOException {
		Files.deleteIfExists(data.resolve("stops"));
	}

	@Test
	void repeatedInterruptStopsAllProcessesInOrder() throws Exception {
		try (RunningLauncher lectern = start().awaitReady()) {
			assertThat(OrphanReaper.findServices(data)).hasSize(3);
			assertThat(OrphanReaper.findPostgres(data)).isNotEmpty();

			lectern.sendSignal("INT");
			lectern.sendSignal("INT");

			assertStopsAllProcessesInOrder(lectern);
		}
	}

	@Test
	void hangupStopsAllProcessesInOrder() throws Exception {
		try (RunningLauncher lectern = start().awaitReady()) {
			lectern.sendSignal("HUP");

			assertStopsAllProcessesInOrder(lectern);
		}
	}

	@Test
	void interruptDuringStartLeavesNoProcess() throws Exception {
		Path marker = Files.createDirectories(data).resolve("never-ready-gateway");
		Files.createFile(marker);
		try (RunningLauncher lectern = start().awaitLine("progress-service is ready")) {
			lectern.sendSignal("INT");

			assertThat(lectern.awaitExitCode(STOP_LIMIT)).isZero();
			assertNoProcessRuns();
		}
		finally {
			Files.delete(marker);
		}
	}

	@Test
	void startWithoutProgressIsGivenUpWithoutKillingTheDatabase() throws Exception {
		Path marker = Files.createDirectories(data).resolve("never-ready-gateway");
		Files.createFile(marker);
		try (RunningLauncher lectern = RunningLauncher.start(root, data, FreePorts.findGatewayPort(),
				Map.of("LECTERN_START_TIMEOUT", "5"))) {
			assertThat(lectern.awaitExitCode(HANG_LIMIT)).isOne();
			assertThat(lectern.outputLines()).anyMatch((line) -> line.startsWith("gateway did not become ready within"))
				.last()
				.asString()
				.contains("gateway never becomes ready.");
			assertThat(Files.readString(data.resolve("logs/postgresql.log"))).contains("database system is shut down");
			assertNoProcessRuns();
		}
		finally {
			Files.delete(marker);
		}
	}

	@Test
	void startAfterKillStopsOrphansAndIsTerminatedInOrder() throws Exception {
		try (RunningLauncher killed = start().awaitReady()) {
			killed.sendSignal("KILL");
			assertThat(killed.awaitExitCode(STOP_LIMIT)).isEqualTo(137);
			assertThat(OrphanReaper.findServices(data)).hasSize(3);
		}
		List<ProcessHandle> orphans = OrphanReaper.findServices(data);
		try (RunningLauncher next = start().awaitReady()) {
			assertThat(next.outputLines()).first()
				.asString()
				.contains("processes left by an earlier run that was killed");
			assertThat(orphans).noneMatch(OrphanReaper::isRunning);
			assertThat(OrphanReaper.findServices(data)).hasSize(3);

			// The orphans recorded their stops, too.
			deleteRecordOfStops();
			next.sendSignal("TERM");

			assertStopsAllProcessesInOrder(next);
		}
	}

	@Test
	void rejectsPortInUseBeforeStartingAnyProcess() throws Exception {
		Ports ports = FreePorts.find();
		try (ServerSocket other = new ServerSocket(ports.progress(), 1, InetAddress.getLoopbackAddress());
				RunningLauncher lectern = RunningLauncher.start(root, data, ports)) {
			assertThat(lectern.awaitExitCode(HANG_LIMIT)).isOne();
			assertThat(lectern.outputLines()).singleElement()
				.asString()
				.startsWith("Port " + other.getLocalPort() + ", which progress-service needs, is in use");
		}
	}

	@Test
	void rejectsUnknownOption() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(root, data, FreePorts.findGatewayPort(), Map.of(),
				"--demonstration")) {
			assertThat(lectern.awaitExitCode(HANG_LIMIT)).isEqualTo(StartupException.PERMANENT_EXIT_CODE);
			assertThat(lectern.outputLines()).singleElement().asString().startsWith("The only option of lectern up");
		}
	}

	@Test
	void rejectsUnbuiltProjectBeforeStartingAnyProcess() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(folder.resolve("nowhere"), data, FreePorts.find())) {
			assertThat(lectern.awaitExitCode(HANG_LIMIT)).isEqualTo(StartupException.PERMANENT_EXIT_CODE);
			assertThat(lectern.outputLines()).singleElement().asString().contains("run ./lectern up, which builds it");
			assertNoProcessRuns();
		}
	}

	private static RunningLauncher start() throws IOException {
		return RunningLauncher.start(root, data, FreePorts.find());
	}

	private static void assertStopsAllProcessesInOrder(RunningLauncher lectern) throws Exception {
		assertThat(lectern.awaitExitCode(STOP_LIMIT)).isZero();
		assertThat(lectern.outputLines()).last().isEqualTo("Lectern has stopped.");
		assertThat(Files.readAllLines(data.resolve("stops"))).hasSize(3).first().isEqualTo("gateway");
		assertNoProcessRuns();
	}

	private static void assertNoProcessRuns() {
		assertThat(OrphanReaper.findServices(data)).isEmpty();
		assertThat(OrphanReaper.findPostgres(data)).isEmpty();
		assertThat(data.resolve("run")).isEmptyDirectory();
	}

	@Nested
	class WhileRunning {

		private static Ports ports;

		private static RunningLauncher lectern;

		@BeforeAll
		static void startLauncher() throws IOException {
			ports = FreePorts.find();
			lectern = RunningLauncher.start(root, data, ports).awaitReady();
		}

		@AfterAll
		static void stopLauncher() throws IOException {
			lectern.close();
		}

		@Test
		void serviceReceivesOnlyItsOwnEnvironment() throws Exception {
			assertThat(environment(ports.gateway())).contains("SERVER_PORT=" + ports.gateway())
				.contains("LECTERN_CATALOG_URL=http://127.0.0.1:" + ports.catalog())
				.doesNotContain("LECTERN_DATABASE", "ADMINPASSWORD", RunningLauncher.UNRELATED_VARIABLE);
			assertThat(environment(ports.catalog())).contains("SERVER_ADDRESS=127.0.0.1")
				.contains("LECTERN_DATABASE_URL=postgresql://127.0.0.1:" + ports.postgres() + "/catalog")
				.contains("LECTERN_DATABASE_USER=catalog")
				.contains("LECTERN_DATABASE_PASSWORD=")
				.doesNotContain("ADMINPASSWORD");
			assertThat(environment(ports.progress())).contains("LECTERN_PROGRESS_ADMINPASSWORD=")
				.doesNotContain(RunningLauncher.OTHER_SECRET);
		}

		@Test
		void killedServiceIsRestartedWhileOthersKeepRunning() throws Exception {
			String catalog = pid("catalog-service");
			String gateway = pid("gateway");

			ProcessHandle.of(Long.parseLong(catalog)).orElseThrow().destroyForcibly();

			lectern.awaitLine("catalog-service ended with exit code 137; restarting it in");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> !pid("catalog-service").equals(catalog));
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.ignoreExceptions()
				.until(() -> !environment(ports.catalog()).isEmpty());
			assertThat(pid("gateway")).isEqualTo(gateway);
		}

		@Test
		void rejectsSecondLauncherOnSameDataFolder() throws Exception {
			List<String> outputOfFirst = lectern.outputLines();
			assertThat(outputOfFirst).anyMatch((line) -> line.contains("Ctrl-C stops everything"));
			try (RunningLauncher second = start()) {
				assertThat(second.awaitExitCode(HANG_LIMIT)).isOne();
				assertThat(second.outputLines()).singleElement()
					.asString()
					.startsWith("Lectern already runs on the data folder");
			}
			assertThat(lectern.outputLines()).isEqualTo(outputOfFirst);
			assertThat(environment(ports.gateway())).isNotEmpty();
		}

		private static String pid(String name) throws IOException {
			return Files.readString(data.resolve("run").resolve(name + ".pid")).strip();
		}

		private static String environment(int port) throws IOException, InterruptedException {
			try (HttpClient client = HttpClient.newHttpClient()) {
				HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
					.timeout(HANG_LIMIT)
					.build();
				return client.send(request, BodyHandlers.ofString()).body();
			}
		}

	}

}
