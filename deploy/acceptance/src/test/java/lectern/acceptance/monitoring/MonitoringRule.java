package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rule of Prometheus.
 *
 * @param name of the alert, or of the series that is recorded
 * @param alert whether it is an alert
 * @param expression the query
 * @param severity of an alert; empty for others
 * @param summary of an alert, as a template; empty for others
 * @param runbookUrl of an alert, as a template; empty for others
 */
record MonitoringRule(String name, boolean alert, String expression, String severity, String summary,
		String runbookUrl) {

	static final Path FOLDER = Modules.ROOT.resolve("deploy/prometheus");

	private static final String ALERT = "alert";

	/** All rules, in the order of the files. */
	static List<MonitoringRule> readAll() throws IOException {
		return Stream.of("recording.rules.yml", "alerts.rules.yml").flatMap(MonitoringRule::read).toList();
	}

	static List<MonitoringRule> readAlerts() throws IOException {
		return readAll().stream().filter(MonitoringRule::alert).toList();
	}

	private static Stream<MonitoringRule> read(String file) {
		return yaml(FOLDER.resolve(file)).path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.map(MonitoringRule::of);
	}

	/** Read a YAML file. */
	static JsonNode yaml(Path file) {
		try {
			Object content = new Yaml().load(Files.readString(file));
			return JsonMapper.shared().valueToTree(content);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MonitoringRule of(JsonNode rule) {
		boolean alert = rule.has(ALERT);
		JsonNode annotations = rule.path("annotations");
		return new MonitoringRule(rule.path(alert ? ALERT : "record").asString(), alert, rule.path("expr").asString(),
				rule.path("labels").path("severity").asString(""), annotations.path("summary").asString(""),
				annotations.path("runbook_url").asString(""));
	}

}
