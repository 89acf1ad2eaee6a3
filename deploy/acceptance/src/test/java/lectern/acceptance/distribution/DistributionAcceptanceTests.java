package lectern.acceptance.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.launcher.FreePorts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The archive, unpacked in an empty folder, serves after one command with a JRE alone. A
 * start takes a while, so all tests share one; the last of them ends it.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributionAcceptanceTests {

	private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

	@TempDir
	private static Path folder;

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(HANG_LIMIT)
		.build();

	private static UnpackedDistribution lectern;

	private static Map<String, String> settings;

	private static int port;

	private static StartedCommand up;

	@BeforeAll
	static void startWithOneCommand() throws Exception {
		lectern = UnpackedDistribution.unpack(folder);
		port = FreePorts.findGatewayPort();
		settings = Map.of("LECTERN_PORT", Integer.toString(port), "LECTERN_JAVA_OPTIONS", JAVA_OPTIONS);
		up = lectern.start(settings, "up").awaitLine("Lectern is ready: http://localhost:" + port + "/");
	}

	@AfterAll
	static void stop() throws IOException {
		up.close();
	}

	@Test
	void pageIsServed() throws Exception {
		HttpResponse<String> page = get(port, "/");

		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/html"));
		assertThat(page.body()).contains("<title>");
	}

	@Test
	void dataIsInTheFolderOfTheDistribution() {
		assertThat(lectern.home().resolve("data/admin-password")).isNotEmptyFile();
		assertThat(lectern.home().resolve("data/database")).isDirectory();
	}

	@Test
	void commandAndMeterHaveTheVersionOfTheArchive() throws Exception {
		String version = lectern.home().getFileName().toString().substring("lectern-".length());

		assertThat(run("--version")).containsExactly("lectern " + version);
		assertThat(get(port + 1000, "/actuator/prometheus").body())
			.containsPattern("lectern_build_info\\{.*version=\"" + version + "\"");
	}

	@Test
	void accountsAreAdministered() throws Exception {
		assertThat(run("admin", "roles", "admin")).containsExactlyInAnyOrder("curator", "operator");
	}

	@Test
	void serviceAloneIsStartedWithTheSettingsOfItsFile() throws Exception {
		int alone = FreePorts.findGatewayPort();
		Path conf = Files.createDirectory(folder.toRealPath().resolve("conf"));
		Files.write(conf.resolve("catalog-service.conf"),
				List.of("# The database of the running Lectern", "", "SERVER_PORT=" + alone,
						"MANAGEMENT_SERVER_PORT=" + (alone + 1000), "LECTERN_JAVA_OPTIONS=\"" + JAVA_OPTIONS + "\"",
						"LECTERN_DATABASE_URL=postgresql://127.0.0.1:" + (port + 3) + "/catalog",
						"LECTERN_DATABASE_USER=catalog", "LECTERN_DATABASE_PASSWORD=" + secret("catalog"),
						"LECTERN_PROGRESS_URL=http://127.0.0.1:" + (port + 2)));

		try (StartedCommand service = lectern.start(Map.of("LECTERN_CONF", conf.toString()), "catalog-service")) {
			Awaitility.await()
				.atMost(HANG_LIMIT.multipliedBy(5))
				.ignoreExceptions()
				.failFast("the service ended", () -> !service.isRunning())
				.until(() -> get(alone + 1000, "/actuator/health/readiness").statusCode() == 200);
			assertThat(get(alone, "/api/v1/books").body()).contains("fluent-python");

			service.terminate();

			assertThat(service.awaitExitCode()).as("128 and the number of SIGTERM").isEqualTo(143);
		}
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void terminationEndsStreamsAndAllProcesses() throws Exception {
		HttpResponse<Stream<String>> stream = CLIENT.send(request(port, "/api/v1/catalog/events"),
				BodyHandlers.ofLines());
		Iterator<String> lines = stream.body().iterator();
		assertThat(stream.statusCode()).isEqualTo(200);
		assertThat(nextLine(lines, "id:")).isNotBlank();

		up.terminate();

		assertThat(nextLine(lines, "event:").strip()).isEqualTo("end");
		assertThat(nextLine(lines, "data:")).contains("drain");
		assertThat(up.awaitExitCode()).isZero();
		assertThat(up.lines()).last().isEqualTo("Lectern has stopped.");
		assertThat(ProcessHandle.allProcesses().map(ProcessHandle::info).map(ProcessHandle.Info::commandLine))
			.noneMatch((line) -> line.orElse("").contains(lectern.home() + "/"));
	}

	private static String nextLine(Iterator<String> lines, String beginning) {
		String line = lines.next();
		while (!line.startsWith(beginning)) {
			line = lines.next();
		}
		return line.substring(beginning.length());
	}

	private static List<String> run(String... arguments) throws IOException, InterruptedException {
		try (StartedCommand command = lectern.start(settings, arguments)) {
			assertThat(command.awaitExitCode()).as(String.join(" ", command.lines())).isZero();
			return command.lines();
		}
	}

	private static String secret(String name) throws IOException {
		return Files.readString(lectern.home().resolve("data/secrets").resolve(name)).strip();
	}

	private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
		return CLIENT.send(request(port, path), BodyHandlers.ofString());
	}

	private static HttpRequest request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(HANG_LIMIT).build();
	}

}
