package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.bench.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus' own tool says about its configuration and rules. Alerts fire when they
 * should, and not at a restart.
 */
@EnabledIf(value = "isInstalled", disabledReason = "There is no promtool on the PATH")
class PrometheusRulesTests {

	/** It computes some hours of rules, on a machine that may be busy. */
	private static final int TIMEOUT_SECONDS = 300;

	static boolean isInstalled() {
		return !Machine.firstOutputLine("promtool", "--version").isEmpty();
	}

	@Test
	void configurationAndRulesAreValid(@TempDir Path folder) throws Exception {
		promtool(folder, List.of("check", "config", "prometheus.yml"));
	}

	@Test
	void alertsFireWhenTheyShouldAndNotAtARestart(@TempDir Path folder) throws Exception {
		List<String> command = new ArrayList<>(List.of("test", "rules"));
		try (Stream<Path> files = Files.list(MonitoringRule.FOLDER.resolve("tests"))) {
			files.sorted().map(Path::toString).forEach(command::add);
		}
		assertThat(command).hasSizeGreaterThan(5);
		promtool(folder, command);
	}

	private static void promtool(Path folder, List<String> arguments) throws IOException, InterruptedException {
		Path output = folder.resolve("output");
		List<String> command = new ArrayList<>(List.of("promtool"));
		command.addAll(arguments);
		Process promtool = new ProcessBuilder(command).directory(MonitoringRule.FOLDER.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(promtool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
			assertThat(promtool.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			promtool.destroyForcibly();
		}
	}

}
