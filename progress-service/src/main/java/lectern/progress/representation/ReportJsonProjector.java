package lectern.progress.representation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Converts the stored JSON of a position report to the JSON of an API event without
 * parsing it into objects. A stored position has the same members as a
 * {@link PositionView} except {@code receivedAt}, so their values are copied as text.
 *
 * <p>
 * Jackson is not used here because of the budget for replays at {@code speed=max} (at
 * least half the rate of a plain read of the same rows): nearly all events of a long
 * history are reports. The input is well formed, because PostgreSQL wrote it as {@code
 * jsonb}; its order of members and its spaces differ from the API's and are normalized
 * here.
 */
public final class ReportJsonProjector {

	/** Members in the order of {@link PositionView}. */
	private static final List<String> POSITION_MEMBERS = List.of("fraction", "page", "chapter", "locator", "device",
			"occurredAt");

	/**
	 * The number of characters by which the output of a position is longer than its
	 * input.
	 */
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
	 * Tell whether a report can be converted as text. One that contains an escape
	 * sequence cannot: PostgreSQL and Jackson escape characters differently.
	 * @param data the stored JSON
	 */
	public static boolean isPlain(String data) {
		return data.indexOf('\\') < 0;
	}

	/**
	 * Append the changes that a report makes to a reading. The text is the same as that
	 * of {@link ReadingDocument#changesOf}.
	 * @param data the stored JSON, {@linkplain #isPlain plain}
	 * @param receivedAt in its JSON form, without quotes
	 * @param version of the event
	 * @param to the buffer to append to
	 */
	public static void write(String data, String receivedAt, int version, StringBuilder to) {
		ReportJsonProjector report = new ReportJsonProjector(data);
		report.parse();
		report.writeChanges(receivedAt, version, to);
	}

	/** Find the range of each member's value without parsing the value. */
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

	/** Skip to the next member; return false at the end of the object. */
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
			throw new IllegalArgumentException("The report has no position");
		}
		StringBuilder json = new StringBuilder(this.data.length() + ADDED_LENGTH).append('{');
		for (int member = 0; member < this.position.length; member++) {
			if (this.position[member] != null) {
				appendCompact(this.position[member],
						json.append('"').append(POSITION_MEMBERS.get(member)).append("\":"));
				json.append(',');
			}
		}
		return json.append("\"receivedAt\":\"").append(receivedAt).append("\"}").toString();
	}

	/** Append without spaces outside strings; numbers contain none. */
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

	/**
	 * A range of characters of the data.
	 *
	 * @param from inclusive
	 * @param to exclusive
	 */
	private record TextRange(int from, int to) {

	}

}
