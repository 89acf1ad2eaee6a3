package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import lectern.acceptance.Modules;

/**
 * What the runbook says about an alert.
 *
 * @param alert the title of the section
 * @param text the lines below the title
 */
record RunbookSection(String alert, String text) {

	private static final Pattern QUERY = Pattern.compile("(?ms)^ *```promql\\n(.*?)^ *```$");

	static List<RunbookSection> readAll() throws IOException {
		List<RunbookSection> sections = new ArrayList<>();
		for (String part : Files.readString(Modules.ROOT.resolve("docs/runbook.md")).split("(?m)^#+ ")) {
			if (part.startsWith("Lectern")) {
				int end = part.indexOf('\n');
				sections.add(new RunbookSection(part.substring(0, end), part.substring(end)));
			}
		}
		return sections;
	}

	/** What links to this section end with, as Markdown makes it of the title. */
	String anchor() {
		return "#" + this.alert.toLowerCase(Locale.ROOT);
	}

	/** The queries that an operator runs: one in each line. */
	List<String> queries() {
		return QUERY.matcher(this.text)
			.results()
			.flatMap((match) -> match.group(1).lines())
			.map(String::strip)
			.toList();
	}

}
