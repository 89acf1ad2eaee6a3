package lectern.acceptance.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import lectern.acceptance.NpmPackages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboards are those that the TypeScript in {@code deploy/grafana/src} generates,
 * and the types of Grafana accept it. {@code -Dlectern.write=true} writes them instead.
 */
@EnabledIf(value = "lectern.acceptance.NpmPackages#canBeInstalled", disabledReason = "There is no npm on the PATH")
@Timeout(300)
class DashboardSourceTests {

	@Test
	void dashboardsAreGenerated(@TempDir Path folder) throws Exception {
		NpmPackages packages = NpmPackages.installCopy(folder, DashboardPanel.FOLDER);

		packages.run("npm", "run", "build");

		Path checkedIn = DashboardPanel.FOLDER.resolve("dashboards");
		Map<String, String> generated = read(packages.file("dashboards"));
		if (Boolean.getBoolean("lectern.write")) {
			for (Map.Entry<String, String> file : generated.entrySet()) {
				Files.writeString(checkedIn.resolve(file.getKey()), file.getValue());
			}
		}
		assertThat(read(checkedIn)).isEqualTo(generated).hasSize(4);
	}

	private static Map<String, String> read(Path folder) throws Exception {
		Map<String, String> texts = new TreeMap<>();
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.toList()) {
				texts.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		return texts;
	}

}
