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
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventJsonEncoder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Encodes replayed events exactly as the live stream encoded them. Reports are converted
 * as text and not with Jackson, because of the budget for replays at {@code speed=max}
 * (at least half the rate of a plain read of the same rows); encoding takes most of a
 * replay's time.
 */
@Component
class ReplayEventEncoder implements EventJsonEncoder<ReplayEvent> {

	/** Longer than nearly all encoded reports, in characters. */
	private static final int EXPECTED_LENGTH = 1024;

	private final EventTypes types;

	private final JsonMapper mapper;

	ReplayEventEncoder(EventTypes types, JsonMapper mapper) {
		this.types = types;
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(Cursor cursor, EventEnvelope<ReplayEvent> envelope) {
		RawEvent event = envelope.event().stored();
		return isPlainReport(event) ? report(cursor, event).getBytes(StandardCharsets.UTF_8) : this.mapper
			.writeValueAsBytes(new ReaderEvent(this.types.read(event), envelope.event().path()).toJson(cursor));
	}

	/** Handles, slugs and ids normally contain no character that JSON has to escape. */
	private static boolean isPlainReport(RawEvent event) {
		String book = event.book();
		return event.type().equals(ProgressEventTypes.POSITION_REPORTED) && isPlain(event.reader())
				&& isPlain(event.stream()) && book != null && isPlain(book)
				&& ReportJsonProjector.isPlain(event.data());
	}

	private static boolean isPlain(String text) {
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			if (character < ' ' || character > '~' || character == '"' || character == '\\') {
				return false;
			}
		}
		return true;
	}

	private static String report(Cursor cursor, RawEvent event) {
		String receivedAt = text(event.receivedAt());
		StringBuilder json = new StringBuilder(EXPECTED_LENGTH).append("{\"cursor\":\"")
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
		ReportJsonProjector.write(event.data(), receivedAt, event.version(), json);
		return json.append('}').toString();
	}

	/** Format as {@link Instant#toString()}, which takes several times as long. */
	private static String text(Instant instant) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
		boolean omitsSeconds = time.getSecond() == 0 && time.getNano() == 0;
		return omitsSeconds ? instant.toString() : time + "Z";
	}

}
