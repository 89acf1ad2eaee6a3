package lectern.catalog.change;

import java.io.ByteArrayOutputStream;

import lectern.streaming.live.Hub;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresEventOrigin;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.server.SseServer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The hub of the change stream: it follows the change log and encodes each change once.
 */
@Configuration(proxyBeanMethods = false)
class ChangeStreamConfiguration {

	@Bean
	Hub<CatalogChange> changeHub(ChangeLog log, PostgresLogHead head, LogNotifications notifications, JsonMapper mapper,
			SseServer streams) {
		return new Hub<>(ChangeStreamController.PATH, "/api/v1/books",
				new PostgresEventOrigin<>(head, log.readAll(), ChangeLog.TABLE, notifications),
				(cursor, envelope) -> encode(mapper, cursor, envelope), (_) -> null, streams);
	}

	/** The JSON of an event; the stored document is copied into it without parsing. */
	static byte[] encode(JsonMapper mapper, Cursor cursor, EventEnvelope<CatalogChange> envelope) {
		CatalogChange change = envelope.event();
		ByteArrayOutputStream out = new ByteArrayOutputStream(change.data().length() + 256);
		try (JsonGenerator json = mapper.createGenerator(out)) {
			json.writeStartObject();
			json.writeStringProperty("cursor", cursor.toString());
			json.writeStringProperty("type", change.type());
			json.writeStringProperty(subjectName(change), change.subject());
			json.writeNumberProperty("version", change.version());
			// A change of the catalog occurs when it is received: there is no device that
			// could have been offline.
			json.writeStringProperty("occurredAt", envelope.receivedAt().toString());
			json.writeStringProperty("receivedAt", envelope.receivedAt().toString());
			json.writeName("data");
			json.writeRawValue(change.data());
			json.writeEndObject();
		}
		return out.toByteArray();
	}

	private static String subjectName(CatalogChange change) {
		return switch (change) {
			case CatalogChange.BookAdded _, CatalogChange.BookChanged _, CatalogChange.BookRemoved _ -> "book";
			case CatalogChange.PathAdded _, CatalogChange.PathChanged _, CatalogChange.PathRemoved _ -> "path";
		};
	}

}
