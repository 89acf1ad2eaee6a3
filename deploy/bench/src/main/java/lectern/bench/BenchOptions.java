package lectern.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.bench.http.Wrk;
import lectern.bench.scenario.BenchSettings;
import lectern.bench.scenario.Scenario;
import lectern.bench.scenario.Scenarios;
import lectern.bench.systems.NchanTarget;
import lectern.bench.systems.Pgbench;

/**
 * The options of the command line.
 *
 * @param scenarios the scenarios to measure
 * @param settings the settings of all scenarios
 * @param quick whether the run is short and its results are not stored
 */
record BenchOptions(List<Scenario> scenarios, BenchSettings settings, boolean quick) {

	private static final Set<String> VALUE_OPTIONS = Set.of("--subscribers", "--seconds", "--warm-up", "--rounds",
			"--per-address", "--java-options");

	private static final Set<String> FLAGS = Set.of("--quick", "--without-nchan", "--profile");

	/**
	 * Parse the command line.
	 * @throws IllegalArgumentException if it is invalid, with a sentence for the user
	 */
	static BenchOptions parse(Path root, List<String> arguments) {
		List<Scenario> scenarios = new ArrayList<>();
		Map<String, String> options = new HashMap<>();
		Deque<String> remaining = new ArrayDeque<>(arguments);
		while (!remaining.isEmpty()) {
			String word = remaining.pop();
			if (VALUE_OPTIONS.contains(word) && !remaining.isEmpty()) {
				options.put(word, remaining.pop());
			}
			else if (FLAGS.contains(word)) {
				options.put(word, "");
			}
			else {
				scenarios.add(findScenario(word));
			}
		}
		boolean quick = options.containsKey("--quick");
		BenchSettings settings = new BenchSettings(root, parseNumber(options, "--subscribers", quick ? 1_000 : 10_000),
				Duration.ofSeconds(parseNumber(options, "--seconds", quick ? 4 : 20)),
				Duration.ofSeconds(parseNumber(options, "--warm-up", quick ? 6 : 60)),
				parseNumber(options, "--rounds", quick ? 1 : 2), parseNumber(options, "--per-address", 500),
				options.getOrDefault("--java-options", ""),
				!options.containsKey("--without-nchan") && NchanTarget.isInstalled(), options.containsKey("--profile"));
		return new BenchOptions(scenarios.isEmpty() ? Scenarios.ALL : scenarios, settings, quick);
	}

	private static Scenario findScenario(String word) {
		return Scenarios.ALL.stream()
			.filter((scenario) -> scenario.name().equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Unknown scenario or option " + word + "; see ./lectern bench help."));
	}

	private static int parseNumber(Map<String, String> options, String option, int defaultValue) {
		String text = options.getOrDefault(option, Integer.toString(defaultValue));
		if (!text.matches("[1-9][0-9]{0,5}")) {
			throw new IllegalArgumentException(option + " must be a number from 1 to 999999.");
		}
		return Integer.parseInt(text);
	}

	static String help() {
		StringBuilder text = new StringBuilder("""
				usage: ./lectern bench [SCENARIO ...] [OPTION ...]

				Measures Lectern and a reference side by side on this machine, in the given scenarios or in
				all, and writes the results to deploy/bench/RESULTS.md. Results of other scenarios stay there.

				scenarios:
				""");
		Scenarios.ALL
			.forEach((scenario) -> text.append("  %-10s %s%n".formatted(scenario.name(), scenario.description())));
		return text.append("""

				options:
				  --quick            a short run with 1,000 subscribers; prints the results and does not store
				                     them: with so few subscribers the cost of a write weighs ten times as much
				  --subscribers N    subscribers of streams (default 10000)
				  --seconds N        length of one measurement (default 20)
				  --warm-up N        seconds of warm-up of a new Lectern (default 60)
				  --rounds N         how often each target is measured, in turn (default 2)
				  --per-address N    subscribers per source address 127.0.x.y (default 500)
				  --java-options O   additional JVM options for the services; -Dname=value changes a setting
				  --without-nchan    do not measure nchan
				  --profile          in the scenarios reports and relay: show where the CPU time goes

				environment variables:
				  LECTERN_PORT       the gateway's port of the measured Lectern (default: a free port)
				  JAVA_HOME          a JDK 25 or newer

				other programs, and how to install them on Debian:
				  nchan              reference; not measured if missing: %s
				  pgbench            reference; not measured if missing: %s
				  wrk                required by the scenarios search and relay: %s
				  nginx              required by the scenario relay; comes with nchan
				""".formatted(NchanTarget.INSTALL_HINT, Pgbench.INSTALL_HINT, Wrk.INSTALL_HINT)).toString();
	}

}
