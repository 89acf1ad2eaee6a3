package lectern.progress.live;

import java.time.Instant;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;
import lectern.streaming.Hub;
import lectern.streaming.Streams;
import lectern.streaming.postgres.LoggedEvents;
import lectern.streaming.postgres.PostgresLogHead;
import lectern.streaming.postgres.Wakeups;

/**
 * The stream that all readers' connections are served from, and how an event is shown in
 * it.
 */
@Configuration(proxyBeanMethods = false)
class ReadingStream {

	/** Relative to the stream's own address, which names the reader. */
	private static final String PRESENT = "readings";

	@Bean
	Hub<StoredEvent> readingEvents(EventLog log, PostgresLogHead head, Wakeups wakeups, JsonMapper mapper,
			Streams streams) {
		return new Hub<>(ReadingStreamController.PATH, PRESENT, new LoggedEvents<>(head, log.all(), "event", wakeups),
				(cursor, entry) -> mapper.writeValueAsBytes(Shown.of(cursor, entry.event())), StoredEvent::reader,
				streams);
	}

	/**
	 * An event on the wire.
	 *
	 * @param data the members of the reading that are another now, each whole
	 */
	record Shown(String cursor, String type, String book, String reader, String reading, int version,
			Instant occurredAt, Instant receivedAt, Record data) {

		static Shown of(Cursor cursor, StoredEvent event) {
			return new Shown(cursor.toString(), event.type(), event.book(), event.reader(), event.stream(),
					event.version(), event.occurredAt(), event.receivedAt(), ReadingDocument.changedBy(event));
		}

	}

}
