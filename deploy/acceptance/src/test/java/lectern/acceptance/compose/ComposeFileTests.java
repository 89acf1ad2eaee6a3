package lectern.acceptance.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import lectern.acceptance.Modules;
import lectern.web.setting.EnvironmentVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The compose file says what the documents promise, and refers to what exists. It is not
 * run: the images of others are in a registry.
 */
class ComposeFileTests {

	static final List<String> SERVICES = Modules.SERVICES;

	/** By whom a variable is read that no setting has. */
	private static final List<String> OF_THE_IMAGE = List.of("LECTERN_LOG_FORMAT");

	private static final Pattern URL = Pattern
		.compile("(?:http|postgresql)://(?<host>[a-z-]+):(?<port>[0-9]+)(?:/.*)?");

	private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

	private static final Map<String, Integer> PORTS_OF_OTHERS = Map.of("postgres", 5432, "jaeger", 4318);

	private final ComposeFile file = ComposeFile.read();

	@Test
	@EnabledIf("lectern.acceptance.compose.DockerCompose#isInstalled")
	void composeAcceptsTheFile() {
		assertThat(DockerCompose.faults(this.file.content())).isEmpty();
	}

	@ParameterizedTest
	@EnabledIf("lectern.acceptance.compose.DockerCompose#isInstalled")
	@CsvSource({ "/services/gateway,readonly", "/services/gateway/healthcheck,tset", "/services/gateway/secrets/0,name",
			"/networks/backend,internl", "/volumes/postgres,size", "/secrets/admin,path" })
	void misspeltNameIsRefused(String place, String name) {
		JsonNode changed = this.file.content().deepCopy();
		((ObjectNode) changed.at("/services/gateway")).putArray("secrets").addObject().put("source", "admin");
		((ObjectNode) changed.at(place)).put(name, "value");

		assertThat(DockerCompose.faults(changed)).contains(name);
	}

	@Test
	void imagesHaveVersionAndNoHost() {
		assertThat(this.file.services()).containsKeys(SERVICES.toArray(String[]::new))
			.allSatisfy((name, service) -> assertThat(service.path("image").asString()).as(name)
				.matches("[a-z]+(/[a-z-]+)?:(v?[0-9]+[0-9.]*|\\$\\{LECTERN_VERSION.*})"));
		assertThat(SERVICES).allSatisfy((name) -> assertThat(this.file.service(name).path("image").asString())
			.startsWith("lectern/" + name + ":${LECTERN_VERSION"));
	}

	@ParameterizedTest
	@FieldSource("SERVICES")
	void serviceHasNoRights(String service) {
		JsonNode definition = this.file.service(service);

		assertThat(definition.path("user").asString()).isEqualTo("10001:10001");
		assertThat(definition.path("read_only").asBoolean()).isTrue();
		assertThat(definition.path("privileged").isMissingNode()).isTrue();
		assertThat(this.file.list(service, "cap_drop")).containsExactly("ALL");
		assertThat(this.file.list(service, "cap_add")).isEmpty();
		assertThat(this.file.list(service, "security_opt")).containsExactly("no-new-privileges:true");
		assertThat(this.file.list(service, "volumes")).singleElement().asString().endsWith(":/var/lib/lectern");
	}

	@Test
	void onlyTheGatewayIsReachableFromOutsideAndGrafanaFromThisMachine() {
		Map<String, String> published = new TreeMap<>();
		this.file.services()
			.keySet()
			.forEach((name) -> this.file.list(name, "ports").forEach((port) -> published.put(name, port)));

		assertThat(published).containsOnlyKeys("gateway", "grafana");
		assertThat(published.get("gateway")).endsWith(":8080");
		assertThat(published.get("grafana")).startsWith("127.0.0.1:");
		assertThat(this.file.content().at("/networks/backend/internal").asBoolean()).isTrue();
		assertThat(this.file.services()
			.keySet()
			.stream()
			.filter((name) -> this.file.list(name, "networks").anyMatch("edge"::equals)))
			.containsExactlyInAnyOrder("gateway", "grafana");
	}

	@ParameterizedTest
	@FieldSource("SERVICES")
	void serviceReadsItsVariablesAndSecrets(String service) {
		EnvironmentVariables known = EnvironmentVariables.known();

		assertThat(this.file.environment(service).keySet()).hasSizeGreaterThan(4)
			.filteredOn((name) -> !OF_THE_IMAGE.contains(name))
			.allMatch((name) -> known.isReadBy(service, name));
		assertThat(this.file.secrets(service).values())
			.allMatch((setting) -> known.isReadBy(service, variableOf(setting)));
	}

	private static String variableOf(String setting) {
		return setting.toUpperCase(Locale.ROOT).replace(".", "_").replace("-", "");
	}

	@ParameterizedTest
	@FieldSource("SERVICES")
	void serviceNamesOthersByTheirPorts(String service) {
		assertThat(this.file.environment(service)).containsEntry("MANAGEMENT_SERVER_ADDRESS", "0.0.0.0")
			.allSatisfy((name, value) -> {
				if (value.contains("://")) {
					assertThat(URL.matcher(value)).as(name).satisfies((url) -> {
						assertThat(url.matches()).isTrue();
						assertThat(ports(url.group("host"))).contains(Integer.parseInt(url.group("port")));
					});
				}
			});
		assertThat(this.file.service(service).at("/healthcheck/test/5").asString())
			.isEqualTo("http://127.0.0.1:" + ports(service).getLast() + "/actuator/health/readiness");
	}

	/**
	 * The port of a container for others, and for one of Lectern that of its management.
	 */
	private static List<Integer> ports(String service) {
		if (PORTS_OF_OTHERS.containsKey(service)) {
			return List.of(PORTS_OF_OTHERS.get(service));
		}
		JsonNode settings = ComposeFile
			.yaml(Modules.ROOT.resolve(service).resolve("src/main/resources/application.yml"));
		JsonNode management = settings.path("management");
		return List.of(settings.at("/server/port").asInt(),
				management.path("server.port").asInt(management.at("/server/port").asInt()));
	}

	/** Requests of the gateway tell the addresses of clients, and others do not. */
	@Test
	void networkOfTheGatewayIsThatOfTheLimits() {
		String subnet = this.file.content().at("/networks/backend/ipam/config/0/subnet").asString();

		assertThat(this.file.environment("progress-service")).containsEntry("LECTERN_PROGRESS_LIMITS_GATEWAYS", subnet);
		assertThat(DEFAULT.matcher(subnet).matches()).isTrue();
	}

	@Test
	void everythingNamedIsDeclaredAndEveryFileExists() {
		this.file.services().forEach((name, service) -> {
			assertThat(this.file.list(name, "networks")).isNotEmpty()
				.allMatch(this.file.content().path("networks")::has);
			assertThat(this.file.secrets(name).keySet()).allMatch(this.file.content().path("secrets")::has);
			assertThat(service.path("depends_on").propertyNames()).allMatch(this.file.services()::containsKey);
			assertThat(this.file.list(name, "volumes").map((volume) -> volume.split(":")[0])).as(name)
				.allSatisfy((source) -> {
					if (source.startsWith(".")) {
						assertThat(ComposeFile.FOLDER.resolve(source)).exists();
					}
					else {
						assertThat(this.file.content().path("volumes").has(source)).as(source).isTrue();
					}
				});
		});
	}

	@Test
	void secretsAreThoseThatTheScriptWrites() throws IOException {
		String written = Files.readString(ComposeFile.FOLDER.resolve("prepare"))
			.lines()
			.filter((line) -> line.startsWith("for name in "))
			.findFirst()
			.orElseThrow();
		List<String> names = List.of(written.substring("for name in ".length()).replace("; do", "").split(" "));

		assertThat(this.file.content().path("secrets").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
		assertThat(this.file.content().path("secrets").propertyStream())
			.allSatisfy((secret) -> assertThat(secret.getValue().path("file").asString())
				.isEqualTo("./secrets/" + secret.getKey()));
	}

	/** The rules know the services by the names of the jobs. */
	@Test
	void prometheusScrapesEachServiceUnderTheNameThatRulesKnow() {
		JsonNode here = ComposeFile.yaml(ComposeFile.FOLDER.resolve("prometheus.yml"));
		JsonNode usual = ComposeFile.yaml(Modules.ROOT.resolve("deploy/prometheus/prometheus.yml"));

		assertThat(here.path("global")).isEqualTo(usual.path("global"));
		assertThat(here.path("rule_files")).isEqualTo(usual.path("rule_files"));
		assertThat(here.path("scrape_configs")).hasSize(SERVICES.size());
		assertThat(here.path("scrape_configs").valueStream()).allSatisfy((job) -> {
			String service = job.path("job_name").asString();
			assertThat(job.at("/static_configs/0/targets/0").asString())
				.isEqualTo(service + ":" + ports(service).getLast());
			assertThat(usual.path("scrape_configs").valueStream().map((one) -> one.path("job_name").asString()))
				.contains(service);
		});
	}

	@Test
	void dashboardsAreWhereGrafanaLooks() {
		Path provisioning = ComposeFile.FOLDER.resolve("grafana");
		String folder = ComposeFile.yaml(provisioning.resolve("dashboards.yml"))
			.at("/providers/0/options/path")
			.asString();

		assertThat(this.file.list("grafana", "volumes")).contains("../grafana/dashboards:" + folder + ":ro");
		assertThat(ComposeFile.yaml(provisioning.resolve("datasources.yml")).path("datasources").valueStream())
			.extracting((source) -> source.path("url").asString())
			.containsExactly("http://prometheus:9090", "http://jaeger:16686");
	}

}
