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

	private static final String TABLE = """
			| work | ours | reference | ratio | budget | | measured |
			| --- | --- | --- | --- | --- | --- | --- |
			""";

	private static final String NOTE = "* **";

	private static final String ABOUT = "- ";

	private final Path path;

	private final List<String> about = new ArrayList<>();

	private final Map<String, String> lines = new LinkedHashMap<>();

	private final Map<String, List<String>> notes = new LinkedHashMap<>();

	private ResultsFile(Path path) {
		this.path = path;
	}

	/** Read the file, which need not exist. */
	public static ResultsFile read(Path path) throws IOException {
		ResultsFile file = new ResultsFile(path);
		if (Files.exists(path)) {
			Files.readAllLines(path).forEach(file::take);
		}
		return file;
	}

	private void take(String line) {
		if (line.startsWith("| ") && !line.startsWith("| work |") && !line.startsWith("| ---")) {
			this.lines.put(line.substring(2, line.indexOf(" |", 2)), line);
		}
		else if (line.startsWith(NOTE)) {
			note(line.substring(NOTE.length(), line.indexOf("**", NOTE.length())), line);
		}
		else if (line.startsWith(ABOUT)) {
			this.about.add(line.substring(ABOUT.length()));
		}
	}

	private void note(String row, String line) {
		this.notes.computeIfAbsent(row, (_) -> new ArrayList<>()).add(line);
	}

	/**
	 * Put a row's outcome in the place of what was there.
	 * @param row the row's name
	 * @param when the day and the commit
	 */
	public void put(String row, Outcome outcome, String when) {
		outcome.results().forEach((result) -> this.lines.put(result.work(), result.markdown(when)));
		this.notes.remove(row);
		outcome.notes().forEach((note) -> note(row, NOTE + row + "** (" + when + "): " + note));
	}

	/**
	 * Say what all of it was measured on, in the place of what was said.
	 * @param about the machine, versions and settings, a line each
	 */
	public void describe(List<String> about) {
		this.about.clear();
		this.about.addAll(about);
	}

	/** Write the file. */
	public void write() throws IOException {
		Files.writeString(this.path, text());
	}

	private String text() {
		StringBuilder text = new StringBuilder(INTRODUCTION).append('\n');
		this.about.forEach((line) -> text.append(ABOUT).append(line).append('\n'));
		text.append('\n').append(TABLE);
		this.lines.values().forEach((line) -> text.append(line).append('\n'));
		text.append('\n');
		this.notes.values().forEach((all) -> all.forEach((note) -> text.append(note).append('\n')));
		return text.toString();
	}

	/** The table of one outcome, to be printed. */
	public static String table(Outcome outcome) {
		StringBuilder text = new StringBuilder();
		outcome.results()
			.forEach((result) -> text
				.append("  %-72s %12s  reference %12s  ratio %6s  budget %-10s %s%n".formatted(result.work(),
						result.ours(), result.reference(), result.ratio(), result.budget(), result.verdict())));
		outcome.notes().forEach((note) -> text.append("    ").append(note).append('\n'));
		return text.toString();
	}

}
