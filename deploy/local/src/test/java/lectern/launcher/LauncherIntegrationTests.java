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

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class LauncherIntegrationTests {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@TempDir
	static Path folder;

	private static Path root;

	private static Path data;

	private Ports ports;

	@BeforeAll
	static void createProject() throws IOException {
		root = folder.toRealPath().resolve("project");
		data = folder.toRealPath().resolve("data");
		FakeProject.create(root);
	}

	@BeforeEach
	void resetState() throws IOException {
		this.ports = FreePorts.find();
		Files.deleteIfExists(data.resolve("stops"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM", "HUP" })
	void signalStopsAllProcessesInOrder(String signal) throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			assertThat(OrphanReaper.findServices(data)).hasSize(3);
			assertThat(OrphanReaper.findPostgres(data)).isNotEmpty();

			lectern.sendSignal(signal);

			assertThat(lectern.awaitExitCode(STOP_TIMEOUT)).isZero();
			assertThat(lectern.outputLines()).last().isEqualTo("Lectern has stopped.");
			assertThat(Files.readAllLines(data.resolve("stops"))).hasSize(3).first().isEqualTo("gateway");
			assertNoProcessRuns();
		}
	}

	@Test
	void secondInterruptStillStopsCleanly() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			lectern.sendSignal("INT");
			lectern.sendSignal("INT");

			assertThat(lectern.awaitExitCode(STOP_TIMEOUT)).isZero();
			assertNoProcessRuns();
		}
	}

	@Test
	void interruptDuringStartLeavesNoProcess() throws Exception {
		Path obstacle = Files.createDirectories(data).resolve("never-ready-gateway");
		Files.createFile(obstacle);
		try (RunningLauncher lectern = RunningLauncher.start(root, data, this.ports)
			.awaitLine("progress-service ready")) {
			lectern.sendSignal("INT");

			assertThat(lectern.awaitExitCode(STOP_TIMEOUT)).isZero();
			assertNoProcessRuns();
		}
		finally {
			Files.delete(obstacle);
		}
	}

	@Test
	void serviceReceivesOnlyItsOwnEnvironment() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			assertThat(lectern.outputLines()).isNotEmpty();
			assertThat(environment(this.ports.gateway())).contains("SERVER_PORT=" + this.ports.gateway())
				.contains("LECTERN_CATALOG_URL=http://127.0.0.1:" + this.ports.catalog())
				.doesNotContain("LECTERN_DATABASE", "LECTERN_ADMIN_PASSWORD", "SOMEBODYS_SECRET");
			assertThat(environment(this.ports.catalog())).contains("SERVER_ADDRESS=127.0.0.1")
				.contains("LECTERN_DATABASE_URL=postgresql://127.0.0.1:" + this.ports.postgres() + "/catalog")
				.contains("LECTERN_DATABASE_USER=catalog")
				.contains("LECTERN_DATABASE_PASSWORD=")
				.doesNotContain("LECTERN_ADMIN_PASSWORD");
			assertThat(environment(this.ports.progress())).contains("LECTERN_ADMIN_PASSWORD=");
		}
	}

	@Test
	void killedServiceIsRestartedWhileOthersKeepRunning() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			String catalog = pid("catalog-service");
			String gateway = pid("gateway");

			ProcessHandle.of(Long.parseLong(catalog)).orElseThrow().destroyForcibly();

			lectern.awaitLine("catalog-service ended with exit code 137; starting it again in");
			Awaitility.await().atMost(TIMEOUT).until(() -> !pid("catalog-service").equals(catalog));
			Awaitility.await()
				.atMost(TIMEOUT)
				.ignoreExceptions()
				.until(() -> !environment(this.ports.catalog()).isEmpty());
			assertThat(pid("gateway")).isEqualTo(gateway);
		}
	}

	@Test
	void nextStartStopsOrphansOfKilledLauncher() throws Exception {
		try (RunningLauncher killed = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			killed.sendSignal("KILL");
			assertThat(killed.awaitExitCode(STOP_TIMEOUT)).isEqualTo(137);
			assertThat(OrphanReaper.findServices(data)).hasSize(3);
		}
		try (RunningLauncher next = RunningLauncher.start(root, data, this.ports).awaitReady()) {
			assertThat(next.outputLines()).first()
				.asString()
				.contains("an earlier run, which was killed, left running");
			assertThat(OrphanReaper.findServices(data)).hasSize(3);
		}
		assertNoProcessRuns();
	}

	@Test
	void rejectsSecondLauncherOnSameDataFolder() throws Exception {
		try (RunningLauncher first = RunningLauncher.start(root, data, this.ports).awaitReady();
				RunningLauncher second = RunningLauncher.start(root, data, FreePorts.find())) {
			assertThat(second.awaitExitCode(TIMEOUT)).isOne();
			assertThat(second.outputLines()).singleElement()
				.asString()
				.startsWith("Lectern already runs on the data folder");
			assertThat(first.outputLines()).last().asString().contains("Ctrl-C stops everything");
		}
	}

	@Test
	void rejectsPortInUseBeforeStartingAnything() throws Exception {
		try (ServerSocket other = new ServerSocket(this.ports.progress(), 1, InetAddress.getLoopbackAddress());
				RunningLauncher lectern = RunningLauncher.start(root, data, this.ports)) {
			assertThat(lectern.awaitExitCode(TIMEOUT)).isOne();
			assertThat(lectern.outputLines()).singleElement()
				.asString()
				.startsWith("Port " + other.getLocalPort() + ", which progress-service needs, is in use");
		}
	}

	@Test
	void rejectsClusterOfOtherMajorVersion() throws Exception {
		Path old = folder.resolve("old");
		Files.createDirectories(old.resolve("database"));
		Files.writeString(old.resolve("database/PG_VERSION"), "16\n");
		try (RunningLauncher lectern = RunningLauncher.start(root, old, this.ports)) {
			assertThat(lectern.awaitExitCode(TIMEOUT)).isOne();
			assertThat(lectern.outputLines()).singleElement().asString().contains("was made by PostgreSQL 16");
		}
	}

	@Test
	void rejectsUnwritableDataFolder() throws Exception {
		Path file = Files.createFile(folder.resolve("file"));
		try (RunningLauncher lectern = RunningLauncher.start(root, file.resolve("data"), this.ports)) {
			assertThat(lectern.awaitExitCode(TIMEOUT)).isOne();
			assertThat(lectern.outputLines()).singleElement().asString().contains("cannot be used");
		}
	}

	@Test
	void rejectsUnbuiltProjectAndStopsStartedProcesses() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(folder.resolve("nowhere"), data, this.ports)) {
			assertThat(lectern.awaitExitCode(TIMEOUT)).isOne();
			assertThat(lectern.outputLines()).last().asString().contains("run ./lectern up, which builds it");
			assertNoProcessRuns();
		}
	}

	private static void assertNoProcessRuns() {
		assertThat(OrphanReaper.findServices(data)).isEmpty();
		assertThat(OrphanReaper.findPostgres(data)).isEmpty();
		assertThat(data.resolve("run")).isEmptyDirectory();
	}

	private static String pid(String name) throws IOException {
		return Files.readString(data.resolve("run").resolve(name + ".pid")).strip();
	}

	private static String environment(int port) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
				.timeout(Duration.ofSeconds(5))
				.build();
			return client.send(request, BodyHandlers.ofString()).body();
		}
	}

}
