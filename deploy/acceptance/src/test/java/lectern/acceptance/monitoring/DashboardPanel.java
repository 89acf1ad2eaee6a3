package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A panel of a dashboard of Grafana.
 *
 * @param name the names of its dashboard and of the panel
 * @param description what it shows and which alerts watch it
 * @param expressions its queries, with variables of Grafana
 */
record DashboardPanel(String name, String description, List<String> expressions) {

	static final Path FOLDER = Modules.ROOT.resolve("deploy/grafana");

	/** The panels of all dashboards. */
	static List<DashboardPanel> readAll() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
			return files.sorted().flatMap(DashboardPanel::read).toList();
		}
	}

	private static Stream<DashboardPanel> read(Path file) {
		JsonNode dashboard = JsonMapper.shared().readTree(file);
		return dashboard.path("panels")
			.valueStream()
			.map((panel) -> new DashboardPanel(dashboard.path("uid").asString() + ": " + panel.path("title").asString(),
					panel.path("description").asString(),
					panel.path("targets").valueStream().map((target) -> target.path("expr").asString()).toList()));
	}

}
