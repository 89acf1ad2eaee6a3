package lectern.progress.document;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Shows a report as it is stored. A stored position has what a shown one has but when it
 * was received, so its values are copied and not read: of a long past, nearly all are
 * reports. It is well formed, for PostgreSQL wrote it; but that has an order of its own,
 * and spaces, neither of which is shown.
 */
public final class StoredReport {

	/** In the order in which a {@link ShownPosition} has them. */
	private static final List<String> PLACE = List.of("fraction", "page", "chapter", "locator", "device", "occurredAt");

	/** Characters that a position is longer by when it is shown. */
	private static final int ADDED = 64;

	private final String data;

	private int at;

	private boolean moved;

	private boolean furthest;

	private Span @Nullable [] position;

	private @Nullable Span devices;

	private StoredReport(String data) {
		this.data = data;
	}

	/**
	 * Whether a report can be shown without being read. One with an escape cannot: there
	 * are several ways to escape a character, and PostgreSQL has its own.
	 * @param data the JSON that it is stored as
	 */
	public static boolean isPlain(String data) {
		return data.indexOf('\\') < 0;
	}

	/**
	 * Write what a report changes in a reading, the same text as that of
	 * {@link ReadingDocument#changedBy}.
	 * @param data the JSON that it is stored as, {@linkplain #isPlain plain}
	 * @param receivedAt as it is shown
	 * @param to where one line of JSON is added
	 */
	public static void write(String data, String receivedAt, int version, StringBuilder to) {
		StoredReport report = new StoredReport(data);
		report.read();
		report.show(receivedAt, version, to);
	}

	/** One member after the other; of their values only where they are. */
	private void read() {
		while (isBeforeMember()) {
			switch (name()) {
				case "moved" -> this.moved = isTrue(value());
				case "furthest" -> this.furthest = isTrue(value());
				case "position" -> this.position = place();
				case "devices" -> this.devices = value();
				default -> value();
			}
		}
	}

	private Span[] place() {
		Span[] members = new Span[PLACE.size()];
		while (isBeforeMember()) {
			int member = PLACE.indexOf(name());
			Span value = value();
			if (member >= 0) {
				members[member] = value;
			}
		}
		this.at++;
		return members;
	}

	/** Pass by what stands before a member; false at the end of the object. */
	private boolean isBeforeMember() {
		char next = this.data.charAt(this.at);
		while (next != '"' && next != '}') {
			next = this.data.charAt(++this.at);
		}
		return next == '"';
	}

	private String name() {
		int from = this.at + 1;
		passText();
		String name = this.data.substring(from, this.at - 1);
		do {
			this.at++;
		}
		while (this.data.charAt(this.at) == ' ');
		return name;
	}

	private Span value() {
		int from = this.at;
		switch (this.data.charAt(from)) {
			case '"' -> passText();
			case '{', '[' -> passNested();
			default -> passWord();
		}
		return new Span(from, this.at);
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
		char next = this.data.charAt(this.at);
		while (next != ',' && next != '}' && next != ' ') {
			next = this.data.charAt(++this.at);
		}
	}

	private boolean isTrue(Span value) {
		return this.data.charAt(value.from) == 't';
	}

	private void show(String receivedAt, int version, StringBuilder to) {
		to.append('{');
		if (this.moved || this.furthest) {
			String position = position(receivedAt);
			if (this.moved) {
				to.append("\"position\":").append(position).append(',');
			}
			if (this.furthest) {
				to.append("\"furthest\":").append(position).append(',');
			}
		}
		if (this.devices != null) {
			append(this.devices, to.append("\"devices\":"));
			to.append(',');
		}
		to.append("\"version\":").append(version).append('}');
	}

	private String position(String receivedAt) {
		if (this.position == null) {
			throw new IllegalArgumentException("A report has a position");
		}
		StringBuilder shown = new StringBuilder(this.data.length() + ADDED).append('{');
		for (int member = 0; member < this.position.length; member++) {
			if (this.position[member] != null) {
				append(this.position[member], shown.append('"').append(PLACE.get(member)).append("\":"));
				shown.append(',');
			}
		}
		return shown.append("\"receivedAt\":\"").append(receivedAt).append("\"}").toString();
	}

	/** Without the spaces that are not in a text; a number has none. */
	private void append(Span value, StringBuilder to) {
		int from = value.from;
		while (from < value.to) {
			switch (this.data.charAt(from)) {
				case '"' -> {
					int end = this.data.indexOf('"', from + 1) + 1;
					to.append(this.data, from, end);
					from = end;
				}
				case ' ' -> from++;
				default -> to.append(this.data.charAt(from++));
			}
		}
	}

	/** A part of the data. */
	private record Span(int from, int to) {

	}

}
