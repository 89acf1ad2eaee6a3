package lectern.progress.document;

import java.util.Arrays;
import java.util.List;

/**
 * Shows a report as it is stored. A stored position has what a shown one has but when it
 * was received, so it is copied and not read: of a long past, nearly all are reports. It
 * is well formed, for PostgreSQL wrote it; but PostgreSQL orders members in its own way
 * and has spaces between them, neither of which is shown.
 */
public final class StoredReport {

	private static final List<String> REPORT = List.of("moved", "furthest", "position", "devices");

	private static final int MOVED = 0;

	private static final int FURTHEST = 1;

	private static final int POSITION = 2;

	private static final int DEVICES = 3;

	/** In the order in which a {@link ShownPosition} has them. */
	private static final List<String> PLACE = List.of("fraction", "page", "chapter", "locator", "device", "occurredAt");

	/** What is added to a position as it is stored. */
	private static final int EXPECTED = 64;

	private final String data;

	private final StringBuilder to;

	private int at;

	private StoredReport(String data, StringBuilder to) {
		this.data = data;
		this.to = to;
	}

	/**
	 * Whether a report can be shown without being read. One with an escape cannot: the
	 * same character may be escaped in several ways, of which PostgreSQL has its own.
	 * @param data the JSON that it is stored as
	 */
	public static boolean isPlain(String data) {
		return data.indexOf('\\') < 0;
	}

	/**
	 * Write what a report changes in a reading, the same text as of
	 * {@link ReadingDocument#changedBy}, on one line.
	 * @param data the JSON that it is stored as, plain
	 * @param receivedAt as it is shown
	 */
	public static void write(String data, String receivedAt, int version, StringBuilder to) {
		StoredReport report = new StoredReport(data, to);
		report.changes(report.members(0, REPORT), receivedAt, version);
	}

	private void changes(Span[] report, String receivedAt, int version) {
		boolean moved = isTrue(report[MOVED]);
		boolean furthest = isTrue(report[FURTHEST]);
		this.to.append('{');
		if (moved || furthest) {
			String position = position(report[POSITION], receivedAt);
			this.to.append(moved ? "\"position\":" : "\"furthest\":").append(position).append(',');
			if (moved && furthest) {
				this.to.append("\"furthest\":").append(position).append(',');
			}
		}
		if (report[DEVICES] != Span.NONE) {
			this.to.append("\"devices\":");
			value(report[DEVICES], this.to);
			this.to.append(',');
		}
		this.to.append("\"version\":").append(version).append('}');
	}

	private boolean isTrue(Span value) {
		return value != Span.NONE && this.data.charAt(value.from) == 't';
	}

	private String position(Span position, String receivedAt) {
		if (position == Span.NONE) {
			throw new IllegalArgumentException("A report has a position");
		}
		Span[] members = members(position.from, PLACE);
		StringBuilder shown = new StringBuilder(position.to - position.from + EXPECTED).append('{');
		for (int member = 0; member < members.length; member++) {
			if (members[member] != Span.NONE) {
				shown.append('"').append(PLACE.get(member)).append("\":");
				value(members[member], shown);
				shown.append(',');
			}
		}
		return shown.append("\"receivedAt\":\"").append(receivedAt).append("\"}").toString();
	}

	/** Write a value without the spaces that are not part of a text in it. */
	private void value(Span value, StringBuilder shown) {
		char first = this.data.charAt(value.from);
		if (first != '{' && first != '[') {
			shown.append(this.data, value.from, value.to);
			return;
		}
		int from = value.from;
		while (from < value.to) {
			switch (this.data.charAt(from)) {
				case ' ' -> from++;
				case '"' -> {
					int end = this.data.indexOf('"', from + 1) + 1;
					shown.append(this.data, from, end);
					from = end;
				}
				default -> shown.append(this.data.charAt(from++));
			}
		}
	}

	/**
	 * Where the values of some members of an object are.
	 * @param from where the object begins
	 */
	private Span[] members(int from, List<String> names) {
		Span[] found = new Span[names.size()];
		Arrays.fill(found, Span.NONE);
		this.at = from + 1;
		while (next() == '"') {
			int name = this.at + 1;
			passText();
			int index = index(names, name, this.at - 1 - name);
			next();
			int begin = this.at;
			pass();
			if (index >= 0) {
				found[index] = new Span(begin, this.at);
			}
		}
		return found;
	}

	private int index(List<String> names, int from, int length) {
		for (int index = 0; index < names.size(); index++) {
			String name = names.get(index);
			if (name.length() == length && this.data.startsWith(name, from)) {
				return index;
			}
		}
		return -1;
	}

	/** Pass by what is between a name and a value, or between members. */
	private char next() {
		char next = this.data.charAt(this.at);
		while (next == ' ' || next == ':' || next == ',') {
			next = this.data.charAt(++this.at);
		}
		return next;
	}

	private void pass() {
		switch (this.data.charAt(this.at)) {
			case '"' -> passText();
			case '{', '[' -> passNested();
			default -> passWord();
		}
	}

	private void passText() {
		this.at = this.data.indexOf('"', this.at + 1) + 1;
	}

	private void passNested() {
		int depth = 0;
		do {
			switch (this.data.charAt(this.at)) {
				case '"' -> {
					passText();
					continue;
				}
				case '{', '[' -> depth++;
				case '}', ']' -> depth--;
				default -> {
				}
			}
			this.at++;
		}
		while (depth > 0);
	}

	private void passWord() {
		while (",}] ".indexOf(this.data.charAt(this.at)) < 0) {
			this.at++;
		}
	}

	/** A part of the data. */
	private record Span(int from, int to) {

		static final Span NONE = new Span(0, 0);

	}

}
