package lectern.progress.publicactivity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.projection.IdleProjection;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Counts the readers of each book in each minute, and deletes their handles when the
 * count is published. Minutes are those of {@code receivedAt}, which never decreases
 * along the log: a minute is over as soon as an event of a later minute is applied.
 */
@Repository
class ActivityProjection implements IdleProjection {

	static final String NAME = "activity";

	/**
	 * One statement both publishes the counts and deletes the handles, so that no handle
	 * is kept once it is counted.
	 */
	private static final String PUBLISH = """
			with completed as (delete from activity_reader where minute < %s returning minute, book),
			     published as (
			         select minute, book, count(*)::int as readers from completed
			         group by minute, book having count(*) >= :threshold)
			insert into activity (position, minute, book, readers)
			select coalesce((select max(position) from activity), 0) + row_number() over (order by minute, book),
			       minute, book, readers - readers %% :threshold
			from published
			""";

	/**
	 * Used when no event has come. An event is committed within a few seconds of its
	 * {@code receivedAt}, so a minute that ended 6 seconds ago is complete once the
	 * projection has reached the head of the log.
	 */
	private static final String LAST_COMPLETE_MINUTE = """
			(select date_trunc('minute', clock_timestamp() - interval '6 seconds') from log_head, projection
			 where name = :name and log_head.position = projection.position)
			""";

	private final DatabaseClient database;

	ActivityProjection(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		return addReaders(events.stream()
			.filter((event) -> event.book() != null && !(event.payload() instanceof UnknownEvent))
			.toList()).then(publish(events.getLast().receivedAt().truncatedTo(ChronoUnit.MINUTES)));
	}

	private Mono<Void> addReaders(List<StoredEvent> events) {
		if (events.isEmpty()) {
			return Mono.empty();
		}
		List<ReaderMinute> readerMinutes = events.stream().map(ReaderMinute::of).distinct().toList();
		return this.database.sql("""
				insert into activity_reader (minute, book, reader)
				select minute, book, reader
				from unnest(:minutes, :books, :readers) as reader_minute (minute, book, reader)
				on conflict do nothing
				""")
			.bind("minutes",
					readerMinutes.stream()
						.map((readerMinute) -> readerMinute.minute().atOffset(ZoneOffset.UTC))
						.toArray(OffsetDateTime[]::new))
			.bind("books", readerMinutes.stream().map(ReaderMinute::book).toArray(String[]::new))
			.bind("readers", readerMinutes.stream().map(ReaderMinute::reader).toArray(String[]::new))
			.then();
	}

	private Mono<Void> publish(Instant before) {
		return this.database.sql(PUBLISH.formatted(":before"))
			.bind("before", before.atOffset(ZoneOffset.UTC))
			.bind("threshold", Activity.ANONYMITY_THRESHOLD)
			.then();
	}

	@Override
	public Mono<Void> onIdle() {
		return this.database.sql(PUBLISH.formatted(LAST_COMPLETE_MINUTE))
			.bind("name", NAME)
			.bind("threshold", Activity.ANONYMITY_THRESHOLD)
			.then();
	}

	/**
	 * Replace the handle in minutes that are not published by the token of the stubs, so
	 * that the reader is counted once. A row with the token exists already if the
	 * projection was rebuilt meanwhile.
	 */
	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return this.database.sql("""
				with erased as (delete from activity_reader where reader = :reader returning minute, book)
				insert into activity_reader (minute, book, reader)
				select minute, book, erased_reader(:secret, book, minute) from erased
				on conflict do nothing
				""").bind("reader", reader.handle()).bind("secret", reader.secret()).then();
	}

	/**
	 * A reader of a book in a minute; further events of the same minute change nothing.
	 */
	private record ReaderMinute(Instant minute, String book, String reader) {

		static ReaderMinute of(StoredEvent event) {
			return new ReaderMinute(event.receivedAt().truncatedTo(ChronoUnit.MINUTES),
					Objects.requireNonNull(event.book()), event.reader());
		}

	}

}
