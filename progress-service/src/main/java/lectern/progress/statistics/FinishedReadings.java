package lectern.progress.statistics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.Columns.required;

/**
 * The part of the read model of {@link ReadingTimes} that knows when readings were
 * finished, and which are removed. Events may be applied more than once.
 */
final class FinishedReadings {

	private final DatabaseClient database;

	FinishedReadings(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find the times at which a reader finished readings within a period, without removed
	 * readings.
	 * @return cold
	 */
	Mono<List<Instant>> findFinishes(String reader, StatisticsPeriod period) {
		return this.database.sql("""
				select finished_at from finished_reading
				where reader = :reader and finished_at >= :from and finished_at < :to and not removed
				""")
			.bind("reader", reader)
			.bind("from", period.from().atOffset(ZoneOffset.UTC))
			.bind("to", period.to().atOffset(ZoneOffset.UTC))
			.map((row) -> required(row, "finished_at", OffsetDateTime.class).toInstant())
			.all()
			.collectList();
	}

	Mono<Void> apply(List<StoredEvent> events) {
		return storeFinishes(events.stream().filter(FinishedReadings::isFinishOrReopen).toList())
			.then(storeRemovals(events.stream().filter(FinishedReadings::isRemovalOrReturn).toList()));
	}

	/** Delete the finished readings of a reader; cold. */
	Mono<Void> erase(String reader) {
		return this.database.sql("delete from finished_reading where reader = :reader").bind("reader", reader).then();
	}

	private static boolean isFinishOrReopen(StoredEvent event) {
		return event.payload() instanceof ReadingFinished || event.payload() instanceof ReadingReopened;
	}

	private static boolean isRemovalOrReturn(StoredEvent event) {
		return event.payload() instanceof ReadingRemoved || event.payload() instanceof ReadingReturned;
	}

	private Mono<Void> storeFinishes(List<StoredEvent> events) {
		if (events.isEmpty()) {
			return Mono.empty();
		}
		Map<String, StoredEvent> last = lastByReading(events);
		return this.database.sql("""
				insert into finished_reading (reading, reader, version, finished_at)
				select reading, reader, version, finished
				from unnest(:readings, :readers, :versions, :finished) as finish (reading, reader, version, finished)
				on conflict (reading) do update set version = excluded.version, finished_at = excluded.finished_at
				where finished_reading.version < excluded.version
				""")
			.bind("readings", last.keySet().toArray(String[]::new))
			.bind("readers", last.values().stream().map(StoredEvent::reader).toArray(String[]::new))
			.bind("versions", last.values().stream().map(StoredEvent::version).toArray(Integer[]::new))
			.bind("finished", last.values().stream().map(FinishedReadings::finishedAt).toArray(OffsetDateTime[]::new))
			.then();
	}

	/** A row of a reading that was never finished has version 0. */
	private Mono<Void> storeRemovals(List<StoredEvent> events) {
		if (events.isEmpty()) {
			return Mono.empty();
		}
		Map<String, StoredEvent> last = lastByReading(events);
		return this.database.sql("""
				insert into finished_reading (reading, reader, version, removal_version, removed)
				select reading, reader, 0, version, removed
				from unnest(:readings, :readers, :versions, :removed) as change (reading, reader, version, removed)
				on conflict (reading) do update
				set removal_version = excluded.removal_version, removed = excluded.removed
				where finished_reading.removal_version < excluded.removal_version
				""")
			.bind("readings", last.keySet().toArray(String[]::new))
			.bind("readers", last.values().stream().map(StoredEvent::reader).toArray(String[]::new))
			.bind("versions", last.values().stream().map(StoredEvent::version).toArray(Integer[]::new))
			.bind("removed",
					last.values()
						.stream()
						.map((event) -> event.payload() instanceof ReadingRemoved)
						.toArray(Boolean[]::new))
			.then();
	}

	private static Map<String, StoredEvent> lastByReading(List<StoredEvent> events) {
		Map<String, StoredEvent> last = new LinkedHashMap<>();
		events.forEach((event) -> last.put(event.stream(), event));
		return last;
	}

	private static @Nullable OffsetDateTime finishedAt(StoredEvent event) {
		return (event.payload() instanceof ReadingFinished) ? event.occurredAt().atOffset(ZoneOffset.UTC) : null;
	}

}
