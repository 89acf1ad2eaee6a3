package lectern.progress.eventlog;

import java.util.Collection;
import java.util.Map;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.Columns.required;

/** Reads what the log remembers of commands with an idempotency key. */
final class StoredCommands {

	private final DatabaseClient database;

	StoredCommands(DatabaseClient database) {
		this.database = database;
	}

	/** The command of a reader with this key, or empty; cold. */
	Mono<StoredCommand> find(String reader, String key) {
		return this.database.sql("""
				select record.hash, record.response, record.stream, record.version, record.event_count,
				    log_head.epoch, coalesce(event.position, 0) as position
				from log_head, idempotency_record as record
				left join event on event.stream = record.stream and event.version = record.version
				where record.reader = :reader and record.key = :key
				""").bind("reader", reader).bind("key", key).map(StoredCommands::toStoredCommand).one();
	}

	/** The hashes of the commands of a reader with these keys, by key; cold. */
	Mono<Map<String, String>> findHashes(String reader, Collection<String> keys) {
		return this.database.sql("select key, hash from idempotency_record where reader = :reader and key = any(:keys)")
			.bind("reader", reader)
			.bind("keys", keys.toArray(String[]::new))
			.map((row) -> Map.entry(required(row, "key", String.class), required(row, "hash", String.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private static StoredCommand toStoredCommand(Readable row) {
		String hash = required(row, "hash", String.class);
		String response = row.get("response", String.class);
		Integer eventCount = row.get("event_count", Integer.class);
		if (response != null) {
			return new StoredResponse(hash, response, (eventCount != null && eventCount > 0) ? cursor(row) : null);
		}
		return new CommandReference(hash, required(row, "stream", String.class),
				required(row, "version", Integer.class), required(row, "event_count", Integer.class), cursor(row));
	}

	private static Cursor cursor(Readable row) {
		return new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class));
	}

}
