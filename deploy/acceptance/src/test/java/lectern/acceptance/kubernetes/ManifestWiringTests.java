package lectern.acceptance.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import lectern.web.setting.EnvironmentVariables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/** What the objects say of one another, and of the services, is true. */
class ManifestWiringTests {

	/** What docs/settings.md says that a service alone needs. */
	private static final Map<String, Set<String>> NEEDED = Map
		.of("catalog-service",
				Set.of("LECTERN_DATABASE_URL", "LECTERN_DATABASE_USER", "LECTERN_DATABASE_PASSWORD",
						"LECTERN_PROGRESS_URL", "LECTERN_TOKENS_FOLDER", "MANAGEMENT_SERVER_ADDRESS"),
				"progress-service",
				Set.of("LECTERN_DATABASE_URL", "LECTERN_DATABASE_USER", "LECTERN_DATABASE_PASSWORD",
						"LECTERN_CATALOG_URL", "LECTERN_ADMIN_PASSWORD", "LECTERN_ADMINISTRATION_SECRET",
						"LECTERN_CANARY_URL", "LECTERN_PROGRESS_ERASURE_FOLDER", "LECTERN_PROGRESS_LIMITS_GATEWAYS",
						"LECTERN_TOKENS_FOLDER", "MANAGEMENT_SERVER_ADDRESS"),
				"gateway", Set.of("LECTERN_CATALOG_URL", "LECTERN_PROGRESS_URL", "LECTERN_CATALOG_MANAGEMENTURL",
						"LECTERN_PROGRESS_MANAGEMENTURL", "LECTERN_TOKENS_FOLDER", "MANAGEMENT_SERVER_ADDRESS"));

	private static final Set<String> SECRET_VARIABLES = Set.of("LECTERN_DATABASE_PASSWORD", "LECTERN_ADMIN_PASSWORD",
			"LECTERN_ADMINISTRATION_SECRET");

	/** The images do what the launcher does with them. */
	private static final Set<String> OF_IMAGES = Set.of("LECTERN_LOG_FORMAT", "LECTERN_JAVA_OPTIONS");

	/** The default of LECTERN_START_TIMEOUT, in seconds. */
	private static final int START_TIMEOUT = 600;

	/** Of requests, and of everything else. */
	private static final int SHUTDOWN_PHASES = 2;

	@ParameterizedTest
	@EnumSource
	void servicesReadTheirVariables(Rendering rendering) {
		EnvironmentVariables known = EnvironmentVariables.known();
		forEachService(rendering, (service, deployment) -> {
			PodEnvironment environment = PodEnvironment.of(deployment, rendering.manifests());
			Set<String> variables = new TreeSet<>(environment.values().keySet());
			variables.addAll(environment.secrets().keySet());
			assertThat(variables).containsAll(NEEDED.get(service))
				.allSatisfy((variable) -> assertThat(known.isReadBy(service, variable) || OF_IMAGES.contains(variable))
					.as("%s is read by %s", variable, service)
					.isTrue());
			assertThat(environment.values().values()).doesNotContain("");
		});
	}

	@ParameterizedTest
	@EnumSource
	void passwordsAreInDocumentedSecretsOnly(Rendering rendering) throws IOException {
		String document = Files.readString(Modules.ROOT.resolve("docs/deployment.md"));
		forEachService(rendering, (_, deployment) -> {
			PodEnvironment environment = PodEnvironment.of(deployment, rendering.manifests());
			assertThat(environment.values().keySet()).doesNotContainAnyElementsOf(SECRET_VARIABLES);
			assertThat(SECRET_VARIABLES).containsAll(environment.secrets().keySet());
			assertThat(environment.secrets().values())
				.allSatisfy((secret) -> assertThat(document).contains("secret generic " + secret.split("/")[0])
					.contains(secret.split("/")[1]));
		});
	}

	@ParameterizedTest
	@EnumSource
	void addressesLeadToPortsOfServices(Rendering rendering) {
		List<String> addresses = rendering.manifests()
			.ofKind("Deployment")
			.flatMap((deployment) -> PodEnvironment.of(deployment, rendering.manifests()).values().entrySet().stream())
			.filter((variable) -> variable.getKey().endsWith("URL") && !variable.getKey().contains("DATABASE"))
			.map(Map.Entry::getValue)
			.toList();
		assertThat(addresses).hasSize(7).allSatisfy((address) -> {
			URI uri = URI.create(address);
			JsonNode ports = rendering.manifests().named("Service", uri.getHost()).at("/spec/ports");
			assertThat(ports.valueStream().map((port) -> port.at("/port").intValue())).contains(uri.getPort());
		});
	}

	@ParameterizedTest
	@EnumSource
	void portsAreThoseOfTheServices(Rendering rendering) {
		forEachService(rendering, (service, deployment) -> {
			JsonNode defaults = applicationYaml(service + "/src/main/resources/application.yml");
			Map<String, Integer> ports = Manifests.container(deployment)
				.at("/ports")
				.valueStream()
				.collect(Collectors.toMap((port) -> port.at("/name").asString(),
						(port) -> port.at("/containerPort").intValue()));
			JsonNode management = defaults.at("/management");
			assertThat(ports).isEqualTo(Map.of("http", defaults.at("/server/port").intValue(), "management",
					management.at("/server.port").asInt(management.at("/server/port").asInt(0))));
			assertThat(rendering.manifests().named("Service", service).at("/spec/ports").valueStream()).isNotEmpty()
				.allSatisfy((port) -> assertThat(port.at("/port").intValue())
					.isEqualTo(ports.get(port.at("/targetPort").asString())));
		});
	}

	@ParameterizedTest
	@EnumSource
	void probesAskTheManagementPort(Rendering rendering) {
		forEachService(rendering, (_, deployment) -> {
			JsonNode container = Manifests.container(deployment);
			Map<String, String> paths = Stream.of("startupProbe", "livenessProbe", "readinessProbe")
				.collect(Collectors.toMap((probe) -> probe,
						(probe) -> container.at("/" + probe + "/httpGet/port").asString()
								+ container.at("/" + probe + "/httpGet/path").asString()));
			assertThat(paths).isEqualTo(Map.of("startupProbe", "management/actuator/health/liveness", "livenessProbe",
					"management/actuator/health/liveness", "readinessProbe", "management/actuator/health/readiness"));
			JsonNode startup = container.at("/startupProbe");
			assertThat(startup.at("/periodSeconds").intValue() * startup.at("/failureThreshold").intValue())
				.isEqualTo(START_TIMEOUT);
		});
	}

	@ParameterizedTest
	@EnumSource
	void graceIsLongerThanTheShutdown(Rendering rendering) {
		JsonNode defaults = applicationYaml("web/src/main/resources/lectern-service.yml");
		Duration phase = DurationStyle
			.detectAndParse(defaults.at("/spring/lifecycle/timeout-per-shutdown-phase").asString());
		assertThat(phase).isPositive();
		forEachService(rendering, (_, deployment) -> {
			Duration before = Duration
				.ofSeconds(Manifests.container(deployment).at("/lifecycle/preStop/sleep/seconds").intValue());
			assertThat(before).isPositive();
			assertThat(
					Duration.ofSeconds(Manifests.podSpec(deployment).at("/terminationGracePeriodSeconds").intValue()))
				.isGreaterThan(before.plus(phase.multipliedBy(SHUTDOWN_PHASES)));
		});
	}

	@ParameterizedTest
	@EnumSource
	void selectorsSelectThePodsOfOneService(Rendering rendering) {
		Manifests manifests = rendering.manifests();
		forEachService(rendering, (service, deployment) -> {
			List<Map<String, String>> selectors = List.of(Manifests.texts(deployment.at("/spec/selector/matchLabels")),
					Manifests.texts(manifests.named("Service", service).at("/spec/selector")),
					Manifests.texts(manifests.named("PodDisruptionBudget", service).at("/spec/selector/matchLabels")),
					Manifests.texts(manifests.named("NetworkPolicy", service).at("/spec/podSelector/matchLabels")),
					Manifests.texts(Manifests.podSpec(deployment)
						.at("/topologySpreadConstraints/0/labelSelector/matchLabels")));
			assertThat(selectors).allSatisfy((selector) -> assertThat(manifests.ofKind("Deployment")
				.filter((each) -> Manifests.podLabels(each).entrySet().containsAll(selector.entrySet()))
				.map(Manifests::name)).containsExactly(service));
		});
	}

	@ParameterizedTest
	@EnumSource
	void claimsAndConfigMapsOfVolumesExist(Rendering rendering) throws IOException {
		String document = Files.readString(Modules.ROOT.resolve("docs/deployment.md"));
		forEachService(rendering, (_, deployment) -> {
			JsonNode volumes = Manifests.podSpec(deployment).at("/volumes");
			assertThat(claims(volumes)).allSatisfy(
					(claim) -> assertThat(rendering.manifests().named("PersistentVolumeClaim", claim)).isNotNull());
			assertThat(volumes.valueStream()
				.filter((volume) -> volume.has("configMap"))
				.map((volume) -> volume.at("/configMap/name").asString()))
				.allSatisfy((configMap) -> assertThat(document).contains("configmap " + configMap));
		});
	}

	@ParameterizedTest
	@EnumSource
	void imagesHaveTheVersionOfTheProject(Rendering rendering) throws IOException {
		String pom = Files.readString(Modules.ROOT.resolve("pom.xml"));
		forEachService(rendering, (service, deployment) -> {
			String image = Manifests.container(deployment).at("/image").asString();
			assertThat(image).startsWith("lectern/" + service + ":");
			assertThat(pom).contains("<artifactId>lectern</artifactId>\n  <version>"
					+ image.substring(image.indexOf(':') + 1) + "</version>");
		});
	}

	private static List<String> claims(JsonNode volumes) {
		return volumes.valueStream()
			.filter((volume) -> volume.has("persistentVolumeClaim"))
			.map((volume) -> volume.at("/persistentVolumeClaim/claimName").asString())
			.toList();
	}

	private static void forEachService(Rendering rendering, ServiceCheck check) {
		assertThat(rendering.manifests().ofKind("Deployment").map(Manifests::name))
			.containsExactlyInAnyOrderElementsOf(Modules.SERVICES);
		Modules.SERVICES
			.forEach((service) -> check.accept(service, rendering.manifests().named("Deployment", service)));
	}

	private static JsonNode applicationYaml(String file) {
		try {
			return Manifests.parse(Files.readString(Modules.ROOT.resolve(file))).objects().getFirst();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Looks at a Deployment, of which the name is that of the service. */
	@FunctionalInterface
	private interface ServiceCheck {

		void accept(String service, JsonNode deployment);

	}

}
