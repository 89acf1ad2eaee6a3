package lectern.progress.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.representation.ProgressEventTypes;
import lectern.progress.representation.ReportJsonProjector;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.log.EventEnvelope;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Shows events of the past as the stream of the present did. A report is shown without
 * being read: a replay at full speed has little else to do.
 */
@Component
class ReplayEventEncoder implements EventEncoder<ReplayEvent> {

	/** Nearly all reports are shorter. */
	private static final int EXPECTED_LENGTH = 1024;

	private final EventTypes types;

	private final JsonMapper mapper;

	ReplayEventEncoder(EventTypes types, JsonMapper mapper) {
		this.types = types;
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(Cursor cursor, EventEnvelope<ReplayEvent> entry) {
		RawEvent event = entry.event().stored();
		return isPlainReport(event) ? report(cursor, event).getBytes(StandardCharsets.UTF_8) : this.mapper
			.writeValueAsBytes(new ReaderEvent(this.types.read(event), entry.event().path()).toJson(cursor));
	}

	/** No handle, slug or id has anything in it that JSON would have to escape. */
	private static boolean isPlainReport(RawEvent event) {
		String book = event.book();
		return event.type().equals(ProgressEventTypes.POSITION_REPORTED) && isPlain(event.reader())
				&& isPlain(event.stream()) && book != null && isPlain(book)
				&& ReportJsonProjector.isPlain(event.data());
	}

	private static boolean isPlain(String text) {
		for (int at = 0; at < text.length(); at++) {
			char next = text.charAt(at);
			if (next < ' ' || next > '~' || next == '"' || next == '\\') {
				return false;
			}
		}
		return true;
	}

	private static String report(Cursor cursor, RawEvent event) {
		String receivedAt = text(event.receivedAt());
		StringBuilder shown = new StringBuilder(EXPECTED_LENGTH).append("{\"cursor\":\"")
			.append(cursor)
			.append("\",\"type\":\"")
			.append(ProgressEventTypes.POSITION_REPORTED)
			.append("\",\"book\":\"")
			.append(event.book())
			.append("\",\"reader\":\"")
			.append(event.reader())
			.append("\",\"reading\":\"")
			.append(event.stream())
			.append("\",\"version\":")
			.append(event.version())
			.append(",\"occurredAt\":\"")
			.append(text(event.occurredAt()))
			.append("\",\"receivedAt\":\"")
			.append(receivedAt)
			.append("\",\"data\":");
		ReportJsonProjector.write(event.data(), receivedAt, event.version(), shown);
		return shown.append('}').toString();
	}

	/** As {@link Instant#toString()} has it, which takes several times as long. */
	private static String text(Instant instant) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
		boolean shortened = time.getSecond() == 0 && time.getNano() == 0;
		return shortened ? instant.toString() : time + "Z";
	}

}
