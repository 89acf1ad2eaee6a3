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

import lectern.bench.scenario.BenchSettings;
import lectern.bench.scenario.Scenario;
import lectern.bench.scenario.Scenarios;
import lectern.bench.targets.NchanTarget;

/**
 * What was asked for on the command line.
 *
 * @param scenarios the rows to measure
 * @param settings how
 * @param quick whether it is only a look, that no results are kept of
 */
record BenchOptions(List<Scenario> scenarios, BenchSettings settings, boolean quick) {

	private static final Set<String> VALUE_OPTIONS = Set.of("--subscribers", "--seconds", "--warm-up", "--rounds",
			"--per-address", "--java-options");

	private static final Set<String> FLAGS = Set.of("--quick", "--without-nchan");

	/**
	 * Read the command line.
	 * @throws IllegalArgumentException with a sentence that says what is wrong with it
	 */
	static BenchOptions parse(Path root, List<String> arguments) {
		List<Scenario> rows = new ArrayList<>();
		Map<String, String> given = new HashMap<>();
		Deque<String> left = new ArrayDeque<>(arguments);
		while (!left.isEmpty()) {
			String word = left.pop();
			if (VALUE_OPTIONS.contains(word) && !left.isEmpty()) {
				given.put(word, left.pop());
			}
			else if (FLAGS.contains(word)) {
				given.put(word, "");
			}
			else {
				rows.add(findScenario(word));
			}
		}
		boolean quick = given.containsKey("--quick");
		BenchSettings settings = new BenchSettings(root, parseNumber(given, "--subscribers", quick ? 1_000 : 10_000),
				Duration.ofSeconds(parseNumber(given, "--seconds", quick ? 4 : 20)),
				Duration.ofSeconds(parseNumber(given, "--warm-up", quick ? 6 : 60)),
				parseNumber(given, "--rounds", quick ? 1 : 2), parseNumber(given, "--per-address", 500),
				given.getOrDefault("--java-options", ""),
				!given.containsKey("--without-nchan") && NchanTarget.isInstalled());
		return new BenchOptions(rows.isEmpty() ? Scenarios.ALL : rows, settings, quick);
	}

	private static Scenario findScenario(String word) {
		return Scenarios.ALL.stream()
			.filter((row) -> row.name().equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no row or option " + word + "; see help."));
	}

	private static int parseNumber(Map<String, String> given, String option, int usual) {
		String text = given.getOrDefault(option, Integer.toString(usual));
		if (!text.matches("[1-9][0-9]{0,5}")) {
			throw new IllegalArgumentException(option + " needs a number from 1 to 999999.");
		}
		return Integer.parseInt(text);
	}

	static String help() {
		StringBuilder text = new StringBuilder("""
				usage: ./lectern bench [ROW ...] [OPTION ...]

				Measures Lectern and its peers side by side on this machine and writes what comes out into
				deploy/bench/RESULTS.md: all rows, or those that are named, of which the others' lines stay.

				rows:
				""");
		Scenarios.ALL.forEach((row) -> text.append("  %-10s %s%n".formatted(row.name(), row.description())));
		return text.append("""

				options:
				  --quick            1,000 subscribers and some seconds; prints, and keeps no results, which mean
				                     little: what a write costs weighs ten times as much
				  --subscribers N    10,000 unless given
				  --seconds N        length of a measurement, 20 unless given
				  --warm-up N        seconds that a new Lectern is warmed up, 60 unless given
				  --rounds N         how often each is measured in turn, 2 unless given
				  --per-address N    subscribers from one source address 127.0.x.y, 500 unless given
				  --java-options O   more options for the Java of Lectern's services; -Dname=value sets a property
				  --without-nchan    leave out the reference; it needs %s
				""".formatted(NchanTarget.INSTALL_HINT)).toString();
	}

}
