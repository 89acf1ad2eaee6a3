package lectern.local;

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

	private static final Duration STOP = Duration.ofSeconds(10);

	private static final Duration SOON = Duration.ofSeconds(60);

	@TempDir
	static Path folder;

	private static Path root;

	private static Path data;

	private Ports ports;

	@BeforeAll
	static void layOut() throws IOException {
		root = folder.toRealPath().resolve("project");
		data = folder.toRealPath().resolve("data");
		FakeProject.layOut(root);
	}

	@BeforeEach
	void forgetTheRunBefore() throws IOException {
		this.ports = FreePorts.find();
		Files.deleteIfExists(data.resolve("stops"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM", "HUP" })
	void startsEverythingAndASignalStopsItInOrder(String signal) throws Exception {
		try (RunningLauncher lectern = RunningLauncher.up(root, data, this.ports).ready()) {
			assertThat(OwnProcesses.services(data)).hasSize(3);
			assertThat(OwnProcesses.postgres(data)).isNotEmpty();

			lectern.signal(signal);

			assertThat(lectern.exitCode(STOP)).isZero();
			assertThat(lectern.lines()).last().isEqualTo("Lectern has stopped.");
			assertThat(Files.readAllLines(data.resolve("stops"))).hasSize(3).first().isEqualTo("gateway");
			assertNothingRuns();
		}
	}

	@Test
	void aSecondCtrlCBreaksNothing() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.up(root, data, this.ports).ready()) {
			lectern.signal("INT");
			lectern.signal("INT");

			assertThat(lectern.exitCode(STOP)).isZero();
			assertNothingRuns();
		}
	}

	@Test
	void aCtrlCWhileStartingLeavesNothingEither() throws Exception {
		Path obstacle = Files.createDirectories(data).resolve("never-ready-gateway");
		Files.createFile(obstacle);
		try (RunningLauncher lectern = RunningLauncher.up(root, data, this.ports).awaitLine("progress-service ready")) {
			lectern.signal("INT");

			assertThat(lectern.exitCode(STOP)).isZero();
			assertNothingRuns();
		}
		finally {
			Files.delete(obstacle);
		}
	}

	@Test
	void aServiceIsToldWhatItNeedsAndNoMore() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.up(root, data, this.ports).ready()) {
			assertThat(lectern.lines()).isNotEmpty();
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
	void aServiceThatIsKilledIsStartedAgainWhileTheOthersGoOn() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.up(root, data, this.ports).ready()) {
			String catalog = pid("catalog-service");
			String gateway = pid("gateway");

			ProcessHandle.of(Long.parseLong(catalog)).orElseThrow().destroyForcibly();

			lectern.awaitLine("catalog-service ended with exit code 137; starting it again in");
			Awaitility.await().atMost(SOON).until(() -> !pid("catalog-service").equals(catalog));
			Awaitility.await()
				.atMost(SOON)
				.ignoreExceptions()
				.until(() -> !environment(this.ports.catalog()).isEmpty());
			assertThat(pid("gateway")).isEqualTo(gateway);
		}
	}

	@Test
	void cleansUpAfterALauncherThatWasKilled() throws Exception {
		try (RunningLauncher killed = RunningLauncher.up(root, data, this.ports).ready()) {
			killed.signal("KILL");
			assertThat(killed.exitCode(STOP)).isEqualTo(137);
			assertThat(OwnProcesses.services(data)).hasSize(3);
		}
		try (RunningLauncher next = RunningLauncher.up(root, data, this.ports).ready()) {
			assertThat(next.lines()).first().asString().contains("an earlier run, which was killed, left running");
			assertThat(OwnProcesses.services(data)).hasSize(3);
		}
		assertNothingRuns();
	}

	@Test
	void refusesASecondUpOnOneDataFolder() throws Exception {
		try (RunningLauncher first = RunningLauncher.up(root, data, this.ports).ready();
				RunningLauncher second = RunningLauncher.up(root, data, FreePorts.find())) {
			assertThat(second.exitCode(SOON)).isOne();
			assertThat(second.lines()).singleElement().asString().startsWith("Lectern already runs on the data folder");
			assertThat(first.lines()).last().asString().contains("Ctrl-C stops everything");
		}
	}

	@Test
	void refusesATakenPortBeforeAnythingIsStarted() throws Exception {
		try (ServerSocket other = new ServerSocket(this.ports.progress(), 1, InetAddress.getLoopbackAddress());
				RunningLauncher lectern = RunningLauncher.up(root, data, this.ports)) {
			assertThat(lectern.exitCode(SOON)).isOne();
			assertThat(lectern.lines()).singleElement()
				.asString()
				.startsWith("Port " + other.getLocalPort() + ", which progress-service needs, is in use");
		}
	}

	@Test
	void refusesADatabaseOfAnotherVersion() throws Exception {
		Path old = folder.resolve("old");
		Files.createDirectories(old.resolve("database"));
		Files.writeString(old.resolve("database/PG_VERSION"), "16\n");
		try (RunningLauncher lectern = RunningLauncher.up(root, old, this.ports)) {
			assertThat(lectern.exitCode(SOON)).isOne();
			assertThat(lectern.lines()).singleElement().asString().contains("was made by PostgreSQL 16");
		}
	}

	@Test
	void refusesAFolderThatCannotBeWritten() throws Exception {
		Path file = Files.createFile(folder.resolve("file"));
		try (RunningLauncher lectern = RunningLauncher.up(root, file.resolve("data"), this.ports)) {
			assertThat(lectern.exitCode(SOON)).isOne();
			assertThat(lectern.lines()).singleElement().asString().contains("cannot be used");
		}
	}

	@Test
	void refusesAProjectThatIsNotBuiltAndStopsWhatItHasStarted() throws Exception {
		try (RunningLauncher lectern = RunningLauncher.up(folder.resolve("nowhere"), data, this.ports)) {
			assertThat(lectern.exitCode(SOON)).isOne();
			assertThat(lectern.lines()).last().asString().contains("run ./lectern up, which builds it");
			assertNothingRuns();
		}
	}

	private static void assertNothingRuns() {
		assertThat(OwnProcesses.services(data)).isEmpty();
		assertThat(OwnProcesses.postgres(data)).isEmpty();
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
