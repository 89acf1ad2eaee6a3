package lectern.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The file with the latest results. A run that measures some scenarios keeps the lines of
 * the others. Each line names the day and the commit of its measurement.
 */
public final class ResultsFile {

	private static final String INTRODUCTION = """
			# Results

			Written by `./lectern bench`; `./lectern bench help` says how to run a single scenario. Lectern and its
			reference are measured in turn in the same run, on the same machine, which also generates the load. Compare
			ratios: machines differ by a factor of three. The notes of a scenario begin with its machine, unless they are
			older than this custom.
			""";

	private static final String TABLE_HEADER = """
			| work | Lectern | reference | ratio | budget | result | measured |
			| --- | --- | --- | --- | --- | --- | --- |
			""";

	private static final String NOTE_PREFIX = "* **";

	private final Path path;

	private final Map<String, String> lines = new LinkedHashMap<>();

	private final Map<String, List<String>> notes = new LinkedHashMap<>();

	private ResultsFile(Path path) {
		this.path = path;
	}

	/** Read the file, which may be missing. */
	public static ResultsFile read(Path path) throws IOException {
		ResultsFile file = new ResultsFile(path);
		if (Files.exists(path)) {
			Files.readAllLines(path).forEach(file::parseLine);
		}
		return file;
	}

	private void parseLine(String line) {
		if (line.startsWith("| ") && !line.startsWith("| work |") && !line.startsWith("| ---")) {
			this.lines.put(line.substring(2, line.indexOf(" |", 2)), line);
		}
		else if (line.startsWith(NOTE_PREFIX)) {
			addNote(line.substring(NOTE_PREFIX.length(), line.indexOf("**", NOTE_PREFIX.length())), line);
		}
	}

	private void addNote(String scenario, String line) {
		this.notes.computeIfAbsent(scenario, (_) -> new ArrayList<>()).add(line);
	}

	/**
	 * Replace the result of a scenario.
	 * @param scenario the scenario's name
	 * @param environment the machine, versions and settings
	 * @param when the day and the commit
	 */
	public void put(String scenario, ScenarioResult result, List<String> environment, String when) {
		result.lines().forEach((line) -> this.lines.put(line.work(), line.toMarkdown(when)));
		this.notes.remove(scenario);
		Stream.concat(Stream.of(String.join("; ", environment)), result.notes().stream())
			.forEach((note) -> addNote(scenario, NOTE_PREFIX + scenario + "** (" + when + "): " + note));
	}

	/** Write the file. */
	public void write() throws IOException {
		Files.writeString(this.path, text());
	}

	private String text() {
		StringBuilder text = new StringBuilder(INTRODUCTION).append('\n');
		text.append(TABLE_HEADER);
		this.lines.values().forEach((line) -> text.append(line).append('\n'));
		text.append('\n');
		this.notes.values().forEach((all) -> all.forEach((note) -> text.append(note).append('\n')));
		return text.toString();
	}

	/** Return the result of one scenario as text for the terminal. */
	public static String formatTable(ScenarioResult result) {
		StringBuilder text = new StringBuilder();
		result.lines()
			.forEach((line) -> text.append("  %-72s %12s  reference %12s  ratio %6s  budget %-10s %s%n".formatted(
					line.work(), line.measured(), line.reference(), line.ratio(), line.budget(), line.verdict())));
		result.notes().forEach((note) -> text.append("    ").append(note).append('\n'));
		return text.toString();
	}

}
