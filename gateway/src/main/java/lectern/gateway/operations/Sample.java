package lectern.gateway.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a service's exported metrics.
 *
 * @param name the exported name, with its suffix
 * @param labels unescaped
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus
 * text format 0.0.4</a>
 */
record Sample(String name, Map<String, String> labels, double value) {

	/** Parse a line; empty if it is a comment or malformed. */
	static Optional<Sample> parse(String line) {
		if (line.isEmpty() || line.charAt(0) == '#') {
			return Optional.empty();
		}
		try {
			return Optional.of(new SampleParser(line).parseSample());
		}
		catch (IndexOutOfBoundsException | NumberFormatException _) {
			return Optional.empty();
		}
	}

	static double parseNumber(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/** Parses one line from left to right. */
	private static final class SampleParser {

		private final String text;

		private int index;

		SampleParser(String text) {
			this.text = text;
		}

		Sample parseSample() {
			String name = readUntil("{ ");
			Map<String, String> labels = (this.text.charAt(this.index) == '{') ? parseLabels() : Map.of();
			skip(" ");
			// The format allows a timestamp after the value; our services write none.
			int end = this.text.indexOf(' ', this.index);
			return new Sample(name, labels,
					parseNumber(this.text.substring(this.index, (end < 0) ? this.text.length() : end)));
		}

		private Map<String, String> parseLabels() {
			Map<String, String> labels = new HashMap<>();
			skip("{, ");
			while (this.text.charAt(this.index) != '}') {
				String label = readUntil("=");
				this.index += 2;
				labels.put(label, parseQuoted());
				skip(", ");
			}
			this.index++;
			return labels;
		}

		private String parseQuoted() {
			StringBuilder value = new StringBuilder();
			while (this.text.charAt(this.index) != '"') {
				char next = this.text.charAt(this.index++);
				if (next == '\\') {
					char escaped = this.text.charAt(this.index++);
					value.append((escaped == 'n') ? '\n' : escaped);
				}
				else {
					value.append(next);
				}
			}
			this.index++;
			return value.toString();
		}

		private String readUntil(String ends) {
			int start = this.index;
			while (ends.indexOf(this.text.charAt(this.index)) < 0) {
				this.index++;
			}
			return this.text.substring(start, this.index);
		}

		private void skip(String skipped) {
			while (skipped.indexOf(this.text.charAt(this.index)) >= 0) {
				this.index++;
			}
		}

	}

}
