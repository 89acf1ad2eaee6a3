package lectern.acceptance.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.Modules;
import lectern.acceptance.RecordingStreamClient;
import lectern.acceptance.TestScale;
import lectern.launcher.FreePorts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The images run against a PostgreSQL 18, without any right and with a file system that
 * is read-only, and serve a stream.
 */
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "isEnabled",
		disabledReason = "It runs with -Pproof,image, as root, and if there are podman and runc")
@Timeout(600)
class ContainerAcceptanceTests {

	private static final String BOOK = "fluent-python";

	private static final JsonMapper JSON = new JsonMapper();

	/** The name of the image of each service. */
	private final Map<String, String> images = new HashMap<>();

	private final List<String> secrets = new ArrayList<>();

	private final int port = FreePorts.findGatewayPort();

	private final WebTestClient gateway = LecternInstance.client(this.port);

	static boolean isEnabled() throws IOException {
		return TestScale.isFull() && Podman.isUsable() && ImageArchive.haveBase();
	}

	@Test
	void imagesOfJibServeAStreamWithoutAnyRight(LecternInstance lectern, @TempDir Path folder) throws Exception {
		try (Podman podman = Podman.create(folder.toRealPath())) {
			loadImages(podman);
			long startedAt = System.nanoTime();
			for (String service : Modules.SERVICES) {
				start(podman, service, lectern, folder.toRealPath());
			}
			for (String service : Modules.SERVICES) {
				awaitReady(service);
			}
			TestScale.report("containers: all ready after %.1f s", (System.nanoTime() - startedAt) / 1e9);
			for (String service : Modules.SERVICES) {
				assertConfined(podman, service);
			}
			readerReceivesEvents(podman);
			for (String service : List.of("catalog-service", "progress-service")) {
				podman.run("kill", "--signal", "TERM", service);
				assertStopped(podman, service);
			}
		}
	}

	/** They have been proved to run by the test above. */
	@Test
	void imagesOfDockerfileAreTheSame(@TempDir Path folder) throws Exception {
		try (Podman podman = Podman.create(folder.toRealPath())) {
			loadImages(podman);
			Map<String, ImageContent> jib = contents(podman);
			podman.removeImages();

			podman.load(Modules.ROOT.resolve("deploy/image/target/base.tar"));
			podman.buildImages();

			assertThat(contents(podman)).isEqualTo(jib);
		}
	}

	private void loadImages(Podman podman) throws Exception {
		for (String service : Modules.SERVICES) {
			this.images.put(service, podman.load(ImageArchive.fileOf(service)));
		}
	}

	private Map<String, ImageContent> contents(Podman podman) throws Exception {
		Map<String, ImageContent> contents = new HashMap<>();
		for (String service : Modules.SERVICES) {
			JsonNode config = JSON.readTree(podman.run("image", "inspect", this.images.get(service))).at("/0/Config");
			String files = podman.run("run", "--rm", "--read-only", "--network", "none", "--ulimit", "nofile=1000:1000",
					"--ulimit", "nproc=1000:1000", "--entrypoint", "/usr/bin/busybox", this.images.get(service), "sh",
					"-c", "busybox find /opt/lectern /var/lib/lectern -type f -exec busybox sha256sum {} + "
							+ "&& busybox find /opt/lectern /var/lib/lectern -exec busybox stat -c '%n %a %u %g' {} +");
			contents.put(service,
					new ImageContent(config.path("User").asString(), config.path("WorkingDir").asString(),
							config.path("Entrypoint").toString(),
							config.path("Env").valueStream().map(JsonNode::asString).sorted().toList(),
							config.path("Labels").path("org.opencontainers.image.title").asString(),
							files.lines().sorted().toList()));
		}
		return contents;
	}

	private void start(Podman podman, String service, LecternInstance lectern, Path folder) throws Exception {
		Path data = Files.createDirectory(folder.resolve(service));
		Path secrets = Files.createDirectory(folder.resolve(service + "-secrets"));
		List<String> options = new ArrayList<>(List.of("-v", data + ":/var/lib/lectern:U", "-v",
				secrets + ":/run/secrets:ro", "-e", "LECTERN_LOG_FORMAT=json", "-e", "LECTERN_JAVA_OPTIONS=-Xmx200m"));
		Map<String, String> settings = new HashMap<>(Map.of("SERVER_PORT", Integer.toString(port(service)),
				"MANAGEMENT_SERVER_PORT", Integer.toString(managementPort(service)), "LECTERN_CATALOG_URL",
				"http://127.0.0.1:" + port("catalog-service"), "LECTERN_PROGRESS_URL",
				"http://127.0.0.1:" + port("progress-service")));
		if (!service.equals("gateway")) {
			String database = "container_" + service.replace("-service", "");
			String password = UUID.randomUUID().toString();
			this.secrets.add(password);
			createDatabase(lectern, database, password);
			settings.put("LECTERN_DATABASE_URL", "postgresql://127.0.0.1:" + (lectern.port() + 3) + "/" + database);
			settings.put("LECTERN_DATABASE_USER", database);
			Files.writeString(secrets.resolve("lectern.database.password"), password);
		}
		settings.forEach((name, value) -> options.addAll(List.of("-e", name + "=" + value)));
		podman.start(service, options, this.images.get(service));
	}

	private static void createDatabase(LecternInstance lectern, String database, String password) throws Exception {
		try (Connection connection = lectern.connect("postgres"); Statement statement = connection.createStatement()) {
			statement.execute("create role %s login password '%s'".formatted(database, password));
			statement.execute("create database %1$s owner %1$s".formatted(database));
		}
	}

	private int port(String service) {
		return this.port + List.of("gateway", "catalog-service", "progress-service").indexOf(service);
	}

	private int managementPort(String service) {
		return 1000 + port(service);
	}

	private void awaitReady(String service) {
		WebTestClient management = LecternInstance.client(managementPort(service));
		Awaitility.await()
			.atMost(HANG_LIMIT.multipliedBy(3))
			.ignoreExceptions()
			.untilAsserted(() -> management.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk());
	}

	private void assertConfined(Podman podman, String service) throws Exception {
		Path process = Path.of("/proc", podman.run("inspect", "-f", "{{.State.Pid}}", service));
		assertThat(Files.readAllLines(process.resolve("status"))).as(service)
			.contains("Uid:\t10001\t10001\t10001\t10001", "Gid:\t10001\t10001\t10001\t10001",
					"CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000",
					"NoNewPrivs:\t1");
		assertThat(Files.readAllLines(process.resolve("mounts"))).as(service)
			.anyMatch((mount) -> mount.startsWith("overlay / overlay ro,"));
		assertThat(Files.readString(process.resolve("comm")).strip()).isEqualTo("java");
		assertThat(Files.readString(process.resolve("cmdline"))).contains("@/opt/lectern/jvm.options", "-Xmx200m")
			.doesNotContain("password");
		assertThat(Files.readString(process.resolve("maps")))
			.contains("/opt/lectern/native/libnetty_transport_native_epoll");
		assertThat(podman.run("exec", service, "java", "--list-modules")).contains("java.base")
			.doesNotContain("jdk.compiler", "jdk.jlink");
		podman.run("exec", service, "wget", "-q", "-O", "/dev/null",
				"http://127.0.0.1:" + managementPort(service) + "/actuator/health/liveness");
	}

	private void readerReceivesEvents(Podman podman) throws Exception {
		String password = UUID.randomUUID().toString();
		post(this.gateway, "/api/v1/readers", Map.of("reader", "ada", "name", "Ada", "password", password));
		String token = post(this.gateway, "/api/v1/tokens", Map.of("reader", "ada", "password", password))
			.path("accessToken")
			.asString();
		WebTestClient reader = this.gateway.mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
		String url = "http://127.0.0.1:" + this.port + "/api/v1/readers/ada/events";
		try (RecordingStreamClient stream = RecordingStreamClient.connect(url,
				Map.of("Authorization", "Bearer " + token))) {
			// The book is known as soon as the catalog is replicated.
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.untilAsserted(() -> post(reader, "/api/v1/readers/ada/readings", Map.of("book", BOOK)));
			assertThat(stream.nextEvent().data().path("type").asString()).isEqualTo("reading-started");

			podman.run("kill", "--signal", "TERM", "gateway");

			RecordingStreamClient.ReceivedFrame end = stream.nextFrame();
			while (!end.field("event").equals("end")) {
				end = stream.nextFrame();
			}
			assertThat(end.data().path("reason").asString()).isEqualTo("drain");
			assertStopped(podman, "gateway");
		}
	}

	private static JsonNode post(WebTestClient client, String path, Map<String, String> body) {
		return JSON.readTree(client.post()
			.uri(path)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	/** The exit code is that of a JVM that SIGTERM has ended in order. */
	private void assertStopped(Podman podman, String service) throws Exception {
		assertThat(podman.run("wait", service)).as(service).isEqualTo("143");
		assertThat(podman.run("logs", service)).contains("Graceful shutdown complete").doesNotContain(this.secrets);
	}

	/**
	 * What must be equal in two images.
	 *
	 * @param files the digest of each file, and the mode and the owner of each entry
	 */
	private record ImageContent(String user, String workingFolder, String entrypoint, List<String> variables,
			String title, List<String> files) {
	}

}
