package lectern.progress.publicactivity;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.log.EventReader;
import lectern.streaming.log.LogFollower;
import lectern.streaming.postgreslog.LogNotifications;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * The published minutes as an event log of its own: ordered by minute, without gaps, and
 * with the epoch of the log that they are computed from.
 */
@Repository
class ActivityLog implements EventOrigin<Activity> {

	private static final String SELECT_HEAD = """
			select epoch, (select coalesce(max(position), 0) from activity %s) as position from log_head
			""";

	private static final String SELECT_EVENTS = "select position, minute, book, readers, published_at from activity ";

	/**
	 * Notifications come with each append, but activity is published once in a minute.
	 */
	private static final Duration BATCH_DELAY = Duration.ofMillis(250);

	private final DatabaseClient database;

	private final LogFollower<Activity> feed;

	ActivityLog(DatabaseClient database, LogNotifications notifications) {
		this.database = database;
		this.feed = new LogFollower<>(readAll(), () -> notifications.next().then(Mono.delay(BATCH_DELAY)).then());
	}

	@Override
	public Mono<Cursor> head() {
		return this.database.sql(SELECT_HEAD.formatted("")).map(ActivityLog::cursor).one();
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return this.database.sql(SELECT_HEAD.formatted("where published_at <= :instant"))
			.bind("instant", instant.atOffset(ZoneOffset.UTC))
			.map(ActivityLog::cursor)
			.one();
	}

	/**
	 * Return the cursor of the last minute that was over at an instant, whenever it was
	 * published; cold.
	 */
	Mono<Cursor> cursorOfMinute(Instant instant) {
		return this.database.sql(SELECT_HEAD.formatted("where minute <= :latestStart"))
			.bind("latestStart", instant.minus(Activity.MINUTE).atOffset(ZoneOffset.UTC))
			.map(ActivityLog::cursor)
			.one();
	}

	@Override
	public Flux<List<EventEnvelope<Activity>>> after(Cursor cursor) {
		return this.feed.after(cursor.position());
	}

	/** Return a reader of the activity of all books. */
	EventReader<Activity> readAll() {
		return readByBook(null);
	}

	/** Return a reader of the activity of one book; null for all books. */
	EventReader<Activity> readByBook(@Nullable String book) {
		return (after, upTo, limit) -> this.database.sql(SELECT_EVENTS + """
				where (:all or book = :book) and position > :after and position <= :upTo
				order by position limit :limit
				""")
			.bind("all", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map(ActivityLog::envelope)
			.all();
	}

	/**
	 * Read the latest minutes, the newest first.
	 * @param book null for all books
	 * @param before only positions below this one
	 * @param limit maximum number of results
	 * @return cold
	 */
	Mono<List<EventEnvelope<Activity>>> latest(@Nullable String book, long before, int limit) {
		return this.database.sql(SELECT_EVENTS + """
				where (:all or book = :book) and position < :before order by position desc limit :limit
				""")
			.bind("all", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("before", before)
			.bind("limit", limit)
			.map(ActivityLog::envelope)
			.all()
			.collectList();
	}

	private static Cursor cursor(Readable row) {
		return new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class));
	}

	private static EventEnvelope<Activity> envelope(Readable row) {
		Activity activity = new Activity(required(row, "minute", OffsetDateTime.class).toInstant(),
				required(row, "book", String.class), required(row, "readers", Integer.class));
		return new EventEnvelope<>(required(row, "position", Long.class),
				required(row, "published_at", OffsetDateTime.class).toInstant(), activity);
	}

}
