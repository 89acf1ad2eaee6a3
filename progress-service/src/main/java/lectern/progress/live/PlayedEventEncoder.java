package lectern.progress.live;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

import lectern.progress.document.ReadingEventTypes;
import lectern.progress.document.StoredReport;
import lectern.progress.log.EventTypes;
import lectern.progress.log.RawEvent;
import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.EventEncoder;

/**
 * Shows events of the past as the stream of the present did. A report is shown without
 * being read: a replay at full speed has little else to do.
 */
@Component
class PlayedEventEncoder implements EventEncoder<PlayedEvent> {

	/** Nearly all reports are shorter. */
	private static final int EXPECTED = 1024;

	private final EventTypes types;

	private final JsonMapper mapper;

	PlayedEventEncoder(EventTypes types, JsonMapper mapper) {
		this.types = types;
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(Cursor cursor, Entry<PlayedEvent> entry) {
		RawEvent event = entry.event().stored();
		return event.type().equals(ReadingEventTypes.REPORT) ? report(cursor, event) : this.mapper
			.writeValueAsBytes(new ReaderEvent(this.types.read(event), entry.event().path()).shown(cursor));
	}

	private byte[] report(Cursor cursor, RawEvent event) {
		String receivedAt = text(event.receivedAt());
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED);
		try (JsonGenerator json = this.mapper.createGenerator(bytes)) {
			json.writeStartObject();
			json.writeStringProperty("cursor", cursor.toString());
			json.writeStringProperty("type", event.type());
			write(json, "book", event.book());
			json.writeStringProperty("reader", event.reader());
			json.writeStringProperty("reading", event.stream());
			json.writeNumberProperty("version", event.version());
			json.writeStringProperty("occurredAt", text(event.occurredAt()));
			json.writeStringProperty("receivedAt", receivedAt);
			json.writeName("data");
			json.writeRawValue(StoredReport.changes(event.data(), receivedAt, event.version()));
			json.writeEndObject();
		}
		return bytes.toByteArray();
	}

	/** As {@link Instant#toString()} has it, which takes several times as long. */
	private static String text(Instant instant) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
		boolean shortened = time.getSecond() == 0 && time.getNano() == 0;
		return shortened ? instant.toString() : time + "Z";
	}

	private static void write(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

}
