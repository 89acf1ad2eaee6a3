package lectern.progress.representation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Shows a report as it is stored. A stored position has what a shown one has but when it
 * was received, so its values are copied and not read: of a long past, nearly all are
 * reports. It is well formed, for PostgreSQL wrote it; but that has an order of its own,
 * and spaces, neither of which is shown.
 */
public final class ReportJsonProjector {

	/** In the order in which a {@link PositionView} has them. */
	private static final List<String> POSITION_MEMBERS = List.of("fraction", "page", "chapter", "locator", "device",
			"occurredAt");

	/** Characters that a position is longer by when it is shown. */
	private static final int ADDED_LENGTH = 64;

	private final String data;

	private int offset;

	private boolean moved;

	private boolean furthest;

	private TextRange @Nullable [] position;

	private @Nullable TextRange devices;

	private ReportJsonProjector(String data) {
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
	 * {@link ReadingDocument#changesOf}.
	 * @param data the JSON that it is stored as, {@linkplain #isPlain plain}
	 * @param receivedAt as it is shown
	 * @param to where one line of JSON is added
	 */
	public static void write(String data, String receivedAt, int version, StringBuilder to) {
		ReportJsonProjector report = new ReportJsonProjector(data);
		report.parse();
		report.writeChanges(receivedAt, version, to);
	}

	/** One member after the other; of their values only where they are. */
	private void parse() {
		while (skipToMember()) {
			switch (readName()) {
				case "moved" -> this.moved = isTrue(readValue());
				case "furthest" -> this.furthest = isTrue(readValue());
				case "position" -> this.position = readPosition();
				case "devices" -> this.devices = readValue();
				default -> readValue();
			}
		}
	}

	private TextRange[] readPosition() {
		TextRange[] members = new TextRange[POSITION_MEMBERS.size()];
		while (skipToMember()) {
			int member = POSITION_MEMBERS.indexOf(readName());
			TextRange value = readValue();
			if (member >= 0) {
				members[member] = value;
			}
		}
		this.offset++;
		return members;
	}

	/** Pass by what stands before a member; false at the end of the object. */
	private boolean skipToMember() {
		char next = this.data.charAt(this.offset);
		while (next != '"' && next != '}') {
			next = this.data.charAt(++this.offset);
		}
		return next == '"';
	}

	private String readName() {
		int from = this.offset + 1;
		skipString();
		String name = this.data.substring(from, this.offset - 1);
		do {
			this.offset++;
		}
		while (this.data.charAt(this.offset) == ' ');
		return name;
	}

	private TextRange readValue() {
		int from = this.offset;
		switch (this.data.charAt(from)) {
			case '"' -> skipString();
			case '{', '[' -> skipNested();
			default -> skipLiteral();
		}
		return new TextRange(from, this.offset);
	}

	private void skipString() {
		this.offset = this.data.indexOf('"', this.offset + 1) + 1;
	}

	private void skipNested() {
		int depth = 0;
		do {
			switch (this.data.charAt(this.offset)) {
				case '"' -> {
					skipString();
					continue;
				}
				case '{', '[' -> depth++;
				case '}', ']' -> depth--;
				default -> {
				}
			}
			this.offset++;
		}
		while (depth > 0);
	}

	private void skipLiteral() {
		char next = this.data.charAt(this.offset);
		while (next != ',' && next != '}' && next != ' ') {
			next = this.data.charAt(++this.offset);
		}
	}

	private boolean isTrue(TextRange value) {
		return this.data.charAt(value.from) == 't';
	}

	private void writeChanges(String receivedAt, int version, StringBuilder to) {
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
			appendCompact(this.devices, to.append("\"devices\":"));
			to.append(',');
		}
		to.append("\"version\":").append(version).append('}');
	}

	private String position(String receivedAt) {
		if (this.position == null) {
			throw new IllegalArgumentException("A report has a position");
		}
		StringBuilder shown = new StringBuilder(this.data.length() + ADDED_LENGTH).append('{');
		for (int member = 0; member < this.position.length; member++) {
			if (this.position[member] != null) {
				appendCompact(this.position[member],
						shown.append('"').append(POSITION_MEMBERS.get(member)).append("\":"));
				shown.append(',');
			}
		}
		return shown.append("\"receivedAt\":\"").append(receivedAt).append("\"}").toString();
	}

	/** Without the spaces that are not in a text; a number has none. */
	private void appendCompact(TextRange value, StringBuilder to) {
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
	private record TextRange(int from, int to) {

	}

}
