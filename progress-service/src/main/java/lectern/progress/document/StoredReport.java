package lectern.progress.document;

import org.jspecify.annotations.Nullable;

/**
 * Shows a report as it is stored. A stored position has what a shown one has but when it
 * was received, so it is copied and not read: of a long past, nearly all are reports. It
 * is well formed and on one line, for PostgreSQL wrote it.
 */
public final class StoredReport {

	private final String data;

	private int at;

	private boolean moved;

	private boolean furthest;

	private @Nullable String position;

	private @Nullable String devices;

	private StoredReport(String data) {
		this.data = data;
	}

	/**
	 * What a report changes in a reading, the same as {@link ReadingDocument#changedBy}.
	 * @param data the JSON that it is stored as
	 * @param receivedAt as it is shown
	 * @return JSON on one line
	 */
	public static String changes(String data, String receivedAt, int version) {
		StoredReport report = new StoredReport(data);
		report.read();
		return report.shown(receivedAt, version);
	}

	/** One member after the other; of their values only where they end. */
	private void read() {
		this.at = this.data.indexOf('{') + 1;
		int name = this.data.indexOf('"', this.at);
		while (name >= 0) {
			this.at = name;
			String member = value();
			this.at = this.data.indexOf(':', this.at) + 1;
			String value = value();
			switch (member) {
				case "\"moved\"" -> this.moved = value.equals("true");
				case "\"furthest\"" -> this.furthest = value.equals("true");
				case "\"position\"" -> this.position = value;
				case "\"devices\"" -> this.devices = value;
				default -> {
				}
			}
			name = this.data.indexOf('"', this.at);
		}
	}

	/** The next value, as it is written. */
	private String value() {
		while (this.data.charAt(this.at) == ' ') {
			this.at++;
		}
		int begin = this.at;
		switch (this.data.charAt(begin)) {
			case '"' -> passText();
			case '{', '[' -> passNested();
			default -> passWord();
		}
		return this.data.substring(begin, this.at);
	}

	private void passText() {
		this.at++;
		while (this.data.charAt(this.at) != '"') {
			this.at += (this.data.charAt(this.at) == '\\') ? 2 : 1;
		}
		this.at++;
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

	private String shown(String receivedAt, int version) {
		if (this.position == null) {
			throw new IllegalArgumentException("A report has a position");
		}
		String received = this.position.substring(0, this.position.length() - 1) + ",\"receivedAt\":\"" + receivedAt
				+ "\"}";
		StringBuilder shown = new StringBuilder("{");
		if (this.moved) {
			shown.append("\"position\":").append(received).append(',');
		}
		if (this.furthest) {
			shown.append("\"furthest\":").append(received).append(',');
		}
		if (this.devices != null) {
			shown.append("\"devices\":").append(this.devices).append(',');
		}
		return shown.append("\"version\":").append(version).append('}').toString();
	}

}
