package lectern.progress.eventlog;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Appends events of another log with their payloads as they were. */
@Repository
public class EventImporter {

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	EventImporter(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Append events of a reader in this order, all or none. They may be of several
	 * streams.
	 * @param events at least one, with the next versions of each stream
	 * @return the cursor of the last event, cold; fails with
	 * {@link VersionConflictException} if a stream has another version, and with
	 * {@link ReaderErasedException} if the reader is being erased
	 */
	public Mono<Cursor> append(String reader, List<ImportedEvent> events) {
		Map<String, Integer> expectedVersions = new LinkedHashMap<>();
		events.forEach((event) -> expectedVersions.putIfAbsent(event.stream(), event.version() - 1));
		List<String> streams = new ArrayList<>(expectedVersions.keySet());
		return this.transactions.run(this.database.sql("""
				select log_epoch, last_position, verdicts from append_batch(
				    streams => :streams, expected_versions => :expected, append_of_event => :appends,
				    event_streams => :eventStreams, versions => :versions, readers => :readers, types => :types,
				    books => :books, occurred => :occurred, documents => :documents,
				    append_of_record => '{}', record_readers => '{}', keys => '{}', hashes => '{}',
				    retention_seconds => '{}', responses => '{}', record_streams => '{}', record_versions => '{}',
				    event_counts => '{}')
				""")
			.bind("streams", streams.toArray(String[]::new))
			.bind("expected", expectedVersions.values().toArray(Integer[]::new))
			.bind("appends", numbers(events, (event) -> streams.indexOf(event.stream()) + 1))
			.bind("eventStreams", texts(events, ImportedEvent::stream))
			.bind("versions", numbers(events, ImportedEvent::version))
			.bind("readers", texts(events, (_) -> reader))
			.bind("types", texts(events, ImportedEvent::type))
			.bind("books", events.stream().map(ImportedEvent::book).toArray(String[]::new))
			.bind("occurred",
					events.stream()
						.map((event) -> event.occurredAt().atOffset(ZoneOffset.UTC))
						.toArray(OffsetDateTime[]::new))
			.bind("documents", texts(events, ImportedEvent::data))
			.map((row) -> {
				requireStored(streams, expectedVersions, required(row, "verdicts", Integer[].class));
				return new Cursor(required(row, "log_epoch", String.class),
						required(row, "last_position", Long.class) + events.size());
			})
			.one());
	}

	/** A failure rolls the transaction back. */
	private static void requireStored(List<String> streams, Map<String, Integer> expectedVersions, Integer[] verdicts) {
		if (Arrays.asList(verdicts).contains(4)) {
			throw new ReaderErasedException();
		}
		for (int index = 0; index < verdicts.length; index++) {
			if (verdicts[index] != 0) {
				String stream = streams.get(index);
				throw new VersionConflictException(stream, expectedVersions.getOrDefault(stream, 0));
			}
		}
	}

	private static String[] texts(List<ImportedEvent> events, Function<ImportedEvent, String> column) {
		return events.stream().map(column).toArray(String[]::new);
	}

	private static Integer[] numbers(List<ImportedEvent> events, Function<ImportedEvent, Integer> column) {
		return events.stream().map(column).toArray(Integer[]::new);
	}

}
