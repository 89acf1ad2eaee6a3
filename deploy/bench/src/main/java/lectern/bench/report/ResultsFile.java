package lectern.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that the last results are kept in. A run that measures some rows leaves the
 * lines of the others, each with the day and commit it is of.
 */
public final class ResultsFile {

	private static final String INTRODUCTION = """
			# Results

			Written by `./lectern bench`; `./lectern bench help` says how each row is run alone. Lectern and its
			reference run one after the other on the same machine in the same run, with the load beside them.
			""";

	private static final String TABLE_HEADER = """
			| work | ours | reference | ratio | budget | | measured |
			| --- | --- | --- | --- | --- | --- | --- |
			""";

	private static final String NOTE_PREFIX = "* **";

	private static final String ENVIRONMENT_PREFIX = "- ";

	private final Path path;

	private final List<String> environment = new ArrayList<>();

	private final Map<String, String> lines = new LinkedHashMap<>();

	private final Map<String, List<String>> notes = new LinkedHashMap<>();

	private ResultsFile(Path path) {
		this.path = path;
	}

	/** Read the file, which need not exist. */
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
		else if (line.startsWith(ENVIRONMENT_PREFIX)) {
			this.environment.add(line.substring(ENVIRONMENT_PREFIX.length()));
		}
	}

	private void addNote(String row, String line) {
		this.notes.computeIfAbsent(row, (_) -> new ArrayList<>()).add(line);
	}

	/**
	 * Put a row's outcome in the place of what was there.
	 * @param row the row's name
	 * @param when the day and the commit
	 */
	public void put(String row, ScenarioResult outcome, String when) {
		outcome.lines().forEach((result) -> this.lines.put(result.work(), result.toMarkdown(when)));
		this.notes.remove(row);
		outcome.notes().forEach((note) -> addNote(row, NOTE_PREFIX + row + "** (" + when + "): " + note));
	}

	/**
	 * Say what all of it was measured on, in the place of what was said.
	 * @param about the machine, versions and settings, a line each
	 */
	public void setEnvironment(List<String> about) {
		this.environment.clear();
		this.environment.addAll(about);
	}

	/** Write the file. */
	public void write() throws IOException {
		Files.writeString(this.path, text());
	}

	private String text() {
		StringBuilder text = new StringBuilder(INTRODUCTION).append('\n');
		this.environment.forEach((line) -> text.append(ENVIRONMENT_PREFIX).append(line).append('\n'));
		text.append('\n').append(TABLE_HEADER);
		this.lines.values().forEach((line) -> text.append(line).append('\n'));
		text.append('\n');
		this.notes.values().forEach((all) -> all.forEach((note) -> text.append(note).append('\n')));
		return text.toString();
	}

	/** The table of one outcome, to be printed. */
	public static String formatTable(ScenarioResult outcome) {
		StringBuilder text = new StringBuilder();
		outcome.lines()
			.forEach((result) -> text
				.append("  %-72s %12s  reference %12s  ratio %6s  budget %-10s %s%n".formatted(result.work(),
						result.measured(), result.reference(), result.ratio(), result.budget(), result.verdict())));
		outcome.notes().forEach((note) -> text.append("    ").append(note).append('\n'));
		return text.toString();
	}

}
