package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.projection.Projection;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * The read model of reading times. For each slot of ten minutes it stores only the first
 * and the last report, because no gap within a slot is too long to count. Therefore
 * reports may be applied in any order, and more than once.
 */
@Repository
class ReadingTimes implements Projection {

	static final String NAME = "reading-time";

	private static final Duration YEAR = Duration.ofDays(366);

	private final DatabaseClient database;

	private final FinishedReadings finishedReadings;

	ReadingTimes(DatabaseClient database) {
		this.database = database;
		this.finishedReadings = new FinishedReadings(database);
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * Return the cursor up to which the log has been applied.
	 * @return cold
	 */
	Mono<Cursor> cursor() {
		return this.database.sql("""
				select epoch, coalesce(projection.position, 0) as position
				from log_head left join projection on name = :name
				""")
			.bind("name", NAME)
			.map((row) -> new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class)))
			.one();
	}

	/**
	 * Find the reading times of a reader that overlap a period.
	 * @return cold
	 */
	private Mono<List<ReadingTime>> times(String reader, StatisticsPeriod period) {
		return this.database.sql("""
				select reading, first, last from reading_time
				where reader = :reader and slot >= :from and slot <= :to
				    and reading not in (select reading from finished_reading where reader = :reader and removed)
				""")
			.bind("reader", reader)
			// A report in the slot before may be close enough for the gap to count.
			.bind("from", period.from().minus(ReadingTimeAccumulator.MAX_GAP.multipliedBy(2)).atOffset(ZoneOffset.UTC))
			.bind("to", period.to().plus(ReadingTimeAccumulator.MAX_GAP).atOffset(ZoneOffset.UTC))
			.map((row) -> new ReadingTime(required(row, "reading", String.class), instant(row.get("first")),
					instant(row.get("last"))))
			.all()
			.collectList();
	}

	/**
	 * Compute the statistics of a period. The period does not cut the current streak.
	 * @return cold
	 */
	Mono<StatisticsResponse> statistics(String reader, StatisticsPeriod period) {
		return Mono.zip(times(reader, period), this.finishedReadings.findFinishes(reader, period)).flatMap((found) -> {
			SortedMap<LocalDate, Duration> days = ReadingTimeAccumulator.accumulate(period, found.getT1());
			return addEarlierDays(reader, period, period, new TreeSet<>(days.keySet()))
				.map((streakDays) -> StatisticsResponse.of(period, days, streakDays, found.getT2()));
		});
	}

	/** Read on into the past, a year at a time, for as long as the streak goes on. */
	private Mono<SortedSet<LocalDate>> addEarlierDays(String reader, StatisticsPeriod period, StatisticsPeriod known,
			SortedSet<LocalDate> days) {
		if (!Streaks.mayBeginBefore(known.firstDay(), days, period.lastDay())) {
			return Mono.just(days);
		}
		StatisticsPeriod earlier = known.before(YEAR);
		return times(reader, earlier).flatMap((times) -> {
			days.addAll(ReadingTimeAccumulator.accumulate(earlier, times).keySet());
			return addEarlierDays(reader, period, earlier, days);
		});
	}

	private static Instant instant(@Nullable Object value) {
		return ((OffsetDateTime) Optional.ofNullable(value).orElseThrow()).toInstant();
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		return addReports(events.stream().filter((event) -> event.payload() instanceof PositionReported).toList())
			.then(this.finishedReadings.apply(events));
	}

	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return this.database.sql("delete from reading_time where reader = :reader")
			.bind("reader", reader.handle())
			.then()
			.then(this.finishedReadings.erase(reader.handle()));
	}

	private Mono<Void> addReports(List<StoredEvent> reports) {
		if (reports.isEmpty()) {
			return Mono.empty();
		}
		Map<ReadingSlot, ReadingTime> times = new LinkedHashMap<>();
		for (StoredEvent report : reports) {
			Instant at = report.occurredAt();
			times.merge(ReadingSlot.of(report), new ReadingTime(report.stream(), at, at), ReadingTime::merge);
		}
		return this.database.sql("""
				insert into reading_time (reader, slot, reading, first, last)
				select reader, date_bin('10 minutes', first, timestamptz '2000-01-01 00:00:00Z'), reading, first, last
				from unnest(:readers, :readings, :firsts, :lasts) as time (reader, reading, first, last)
				on conflict (reader, slot, reading) do update
				set first = least(reading_time.first, excluded.first),
				    last = greatest(reading_time.last, excluded.last)
				""")
			.bind("readers", times.keySet().stream().map(ReadingSlot::reader).toArray(String[]::new))
			.bind("readings", times.keySet().stream().map(ReadingSlot::reading).toArray(String[]::new))
			.bind("firsts", instants(times.values(), ReadingTime::first))
			.bind("lasts", instants(times.values(), ReadingTime::last))
			.then();
	}

	private static OffsetDateTime[] instants(Collection<ReadingTime> times, Function<ReadingTime, Instant> instant) {
		return times.stream().map(instant).map((at) -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
	}

	/**
	 * A slot of ten minutes of a reading, aligned like PostgreSQL's {@code date_bin}.
	 *
	 * @param number slots since the epoch
	 */
	private record ReadingSlot(String reader, String reading, long number) {

		private static final int SECONDS = 600;

		static ReadingSlot of(StoredEvent report) {
			return new ReadingSlot(report.reader(), report.stream(), report.occurredAt().getEpochSecond() / SECONDS);
		}

	}

}
