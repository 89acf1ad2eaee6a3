package lectern.progress.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a report as it is stored. A stored position has what a shown one has but when it
 * was received, so it is copied and not read: of a long past, nearly all are reports.
 */
public final class StoredReport {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final String data;

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
	 * @return JSON on one line
	 */
	public static String changes(String data, Instant receivedAt, int version) {
		StoredReport report = new StoredReport(data);
		try (JsonParser json = MAPPER.createParser(data)) {
			report.read(json);
		}
		return report.shown(receivedAt, version);
	}

	private void read(JsonParser json) {
		json.nextToken();
		for (String name = json.nextName(); name != null; name = json.nextName()) {
			JsonToken value = json.nextToken();
			switch (name) {
				case "moved" -> this.moved = value == JsonToken.VALUE_TRUE;
				case "furthest" -> this.furthest = value == JsonToken.VALUE_TRUE;
				case "position" -> this.position = text(json);
				case "devices" -> this.devices = text(json);
				default -> json.skipChildren();
			}
		}
	}

	private String text(JsonParser json) {
		int begin = (int) json.currentTokenLocation().getCharOffset();
		json.skipChildren();
		return this.data.substring(begin, (int) json.currentLocation().getCharOffset());
	}

	private String shown(Instant receivedAt, int version) {
		if (this.position == null) {
			throw new IllegalArgumentException("A report has a position");
		}
		String received = this.position.substring(0, this.position.lastIndexOf('}')) + ",\"receivedAt\":\"" + receivedAt
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
