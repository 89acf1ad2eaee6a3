package lectern.gateway.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of what a service exports.
 *
 * @param name as exported, with its suffix
 * @param labels unescaped
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus
 * text format 0.0.4</a>
 */
record Sample(String name, Map<String, String> labels, double value) {

	/** Read a line; empty if it is a comment or none that can be read. */
	static Optional<Sample> of(String line) {
		if (line.isEmpty() || line.charAt(0) == '#') {
			return Optional.empty();
		}
		try {
			return Optional.of(new Line(line).sample());
		}
		catch (IndexOutOfBoundsException | NumberFormatException _) {
			return Optional.empty();
		}
	}

	static double number(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/** A place in a line, which moves on as the line is read. */
	private static final class Line {

		private final String text;

		private int at;

		Line(String text) {
			this.text = text;
		}

		Sample sample() {
			String name = upTo("{ ");
			Map<String, String> labels = (this.text.charAt(this.at) == '{') ? labels() : Map.of();
			skip(" ");
			// A timestamp may follow, which none of ours has.
			int end = this.text.indexOf(' ', this.at);
			return new Sample(name, labels, number(this.text.substring(this.at, (end < 0) ? this.text.length() : end)));
		}

		private Map<String, String> labels() {
			Map<String, String> labels = new HashMap<>();
			skip("{, ");
			while (this.text.charAt(this.at) != '}') {
				String label = upTo("=");
				this.at += 2;
				labels.put(label, quoted());
				skip(", ");
			}
			this.at++;
			return labels;
		}

		private String quoted() {
			StringBuilder value = new StringBuilder();
			while (this.text.charAt(this.at) != '"') {
				char next = this.text.charAt(this.at++);
				if (next == '\\') {
					char escaped = this.text.charAt(this.at++);
					value.append((escaped == 'n') ? '\n' : escaped);
				}
				else {
					value.append(next);
				}
			}
			this.at++;
			return value.toString();
		}

		private String upTo(String ends) {
			int start = this.at;
			while (ends.indexOf(this.text.charAt(this.at)) < 0) {
				this.at++;
			}
			return this.text.substring(start, this.at);
		}

		private void skip(String skipped) {
			while (skipped.indexOf(this.text.charAt(this.at)) >= 0) {
				this.at++;
			}
		}

	}

}
