package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A command in a {@code console} block of a Markdown document, with the output that the
 * document shows for it. A command starts with {@code $} and continues on the next line
 * after a backslash. Output at the start of a block, before any command, belongs to the
 * event stream that was opened last.
 *
 * @param command null for more output of a stream
 */
record ConsoleStep(@Nullable String command, ExpectedOutput expected) {

	private static final String FENCE = "```";

	private static final String PROMPT = "$ ";

	/** Whether the command is an event stream, which stays open. */
	boolean isStream() {
		return this.command != null && this.command.contains("curl -N");
	}

	/** All steps of a document, in order. */
	static List<ConsoleStep> parse(List<String> markdown) {
		List<ConsoleStep> steps = new ArrayList<>();
		List<String> block = null;
		int indent = 0;
		for (String line : markdown) {
			if (block == null && line.strip().equals(FENCE + "console")) {
				block = new ArrayList<>();
				indent = line.indexOf(FENCE);
			}
			else if (block != null && line.strip().equals(FENCE)) {
				steps.addAll(parseBlock(block));
				block = null;
			}
			else if (block != null) {
				block.add(line.isBlank() ? "" : line.substring(indent));
			}
		}
		return steps;
	}

	private static List<ConsoleStep> parseBlock(List<String> block) {
		List<ConsoleStep> steps = new ArrayList<>();
		int next = 0;
		while (next < block.size()) {
			int start = next;
			if (block.get(start).startsWith(PROMPT)) {
				while (block.get(next).endsWith("\\")) {
					next++;
				}
				next++;
			}
			int output = next;
			while (next < block.size() && !block.get(next).startsWith(PROMPT)) {
				next++;
			}
			String command = (output > start)
					? String.join("\n", block.subList(start, output)).substring(PROMPT.length()) : null;
			steps.add(new ConsoleStep(command, ExpectedOutput.of(block.subList(output, next))));
		}
		return steps;
	}

}
