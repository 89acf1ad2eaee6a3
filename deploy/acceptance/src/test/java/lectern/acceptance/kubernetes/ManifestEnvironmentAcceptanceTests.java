package lectern.acceptance.kubernetes;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.LoneService;
import lectern.launcher.FreePorts;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The services accept the environment of the manifests, in which only addresses, folders
 * and passwords are those of this machine, and answer the probes from outside of the pod.
 */
@ExtendWith(LecternExtension.class)
@Timeout(600)
class ManifestEnvironmentAcceptanceTests {

	private static final String PASSWORD = "a secret of 23 letters";

	private final int port = FreePorts.findGatewayPort();

	@ParameterizedTest
	@CsvSource({ "catalog-service, /api/v1/books", "progress-service, /.well-known/jwks.json",
			"gateway, /api/v1/books" })
	void serviceIsReadyWithTheEnvironmentOfItsPod(String service, String path, LecternInstance lectern,
			@TempDir Path folder) throws Exception {
		Manifests manifests = Rendering.CHART.manifests();
		JsonNode deployment = manifests.named("Deployment", service);
		Map<String, String> environment = onThisMachine(PodEnvironment.of(deployment, manifests), lectern, folder);
		createDatabase(environment, lectern);
		try (LoneService alone = LoneService.start(service, environment)) {
			JsonNode container = Manifests.container(deployment);
			// Not the address that a management port listens on by default.
			String management = "http://127.0.0.2:" + (this.port + 1000);
			alone.awaitContent(management + container.at("/startupProbe/httpGet/path").asString());
			alone.awaitContent(management + container.at("/readinessProbe/httpGet/path").asString());
			alone.awaitContent(management + container.at("/livenessProbe/httpGet/path").asString());
			assertThat(alone.awaitContent("http://127.0.0.1:" + this.port + path)).isNotEmpty();
		}
	}

	private Map<String, String> onThisMachine(PodEnvironment pod, LecternInstance lectern, Path folder) {
		Map<String, String> environment = new TreeMap<>(pod.values());
		pod.secrets().keySet().forEach((variable) -> environment.put(variable, PASSWORD));
		environment.replaceAll((variable, value) -> variable.endsWith("_FOLDER") ? folder.resolve(variable).toString()
				: value.replace("http://catalog-service:8081", lectern.url("catalog-service"))
					.replace("http://progress-service:8082", lectern.url("progress-service"))
					.replace("http://gateway:8080", lectern.url())
					.replaceAll("http://[a-z-]+:908[12]", "http://127.0.0.1:" + (lectern.port() + 1001))
					.replace("//postgresql:5432/", "//127.0.0.1:" + (lectern.port() + 3) + "/pod_"));
		environment.put("SERVER_PORT", Integer.toString(this.port));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(this.port + 1000));
		return environment;
	}

	private static void createDatabase(Map<String, String> environment, LecternInstance lectern) throws Exception {
		if (environment.containsKey("LECTERN_DATABASE_URL")) {
			String user = "pod_" + environment.get("LECTERN_DATABASE_USER");
			environment.put("LECTERN_DATABASE_USER", user);
			try (Connection connection = lectern.connect("postgres");
					Statement statement = connection.createStatement()) {
				statement.execute("create role " + user + " login password '" + PASSWORD + "'");
				statement.execute("create database " + user + " owner " + user);
			}
		}
	}

}
