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

import lectern.bench.peer.NchanPeer;
import lectern.bench.row.Row;
import lectern.bench.row.Rows;
import lectern.bench.row.Settings;

/**
 * What was asked for on the command line.
 *
 * @param rows the rows to measure
 * @param settings how
 * @param quick whether it is only a look, that no results are kept of
 */
record Options(List<Row> rows, Settings settings, boolean quick) {

	private static final Set<String> WITH_VALUE = Set.of("--subscribers", "--seconds", "--warm-up", "--rounds",
			"--per-address", "--java-options");

	private static final Set<String> ALONE = Set.of("--quick", "--without-nchan");

	/**
	 * Read the command line.
	 * @throws IllegalArgumentException with a sentence that says what is wrong with it
	 */
	static Options of(Path root, List<String> arguments) {
		List<Row> rows = new ArrayList<>();
		Map<String, String> given = new HashMap<>();
		Deque<String> left = new ArrayDeque<>(arguments);
		while (!left.isEmpty()) {
			String word = left.pop();
			if (WITH_VALUE.contains(word) && !left.isEmpty()) {
				given.put(word, left.pop());
			}
			else if (ALONE.contains(word)) {
				given.put(word, "");
			}
			else {
				rows.add(row(word));
			}
		}
		boolean quick = given.containsKey("--quick");
		Settings settings = new Settings(root, number(given, "--subscribers", quick ? 1_000 : 10_000),
				Duration.ofSeconds(number(given, "--seconds", quick ? 4 : 20)),
				Duration.ofSeconds(number(given, "--warm-up", quick ? 6 : 60)),
				number(given, "--rounds", quick ? 1 : 2), number(given, "--per-address", 500),
				given.getOrDefault("--java-options", ""),
				!given.containsKey("--without-nchan") && NchanPeer.installed());
		return new Options(rows.isEmpty() ? Rows.ALL : rows, settings, quick);
	}

	private static Row row(String word) {
		return Rows.ALL.stream()
			.filter((row) -> row.name().equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no row or option " + word + "; see help."));
	}

	private static int number(Map<String, String> given, String option, int usual) {
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
		Rows.ALL.forEach((row) -> text.append("  %-10s %s%n".formatted(row.name(), row.about())));
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
				""".formatted(NchanPeer.INSTALL)).toString();
	}

}
