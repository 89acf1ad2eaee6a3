package lectern.progress.activity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;
import lectern.streaming.Origin;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.Wakeups;

/**
 * The minutes that were told, as a log of its own: in the order of minutes, without holes
 * and under the epoch of the log that they come from.
 */
@Repository
class ActivityLog implements Origin<Activity> {

	private static final String HEAD = """
			select epoch, (select coalesce(max(position), 0) from activity %s) as position from log_head
			""";

	private static final String ENTRIES = "select position, minute, book, readers from activity ";

	private final DatabaseClient database;

	private final Feed<Activity> feed;

	ActivityLog(DatabaseClient database, Wakeups wakeups) {
		this.database = database;
		this.feed = new Feed<>(all(), wakeups);
	}

	@Override
	public Mono<Cursor> head() {
		return this.database.sql(HEAD.formatted("")).map(ActivityLog::cursor).one();
	}

	@Override
	public Mono<Cursor> at(Instant instant) {
		return this.database.sql(HEAD.formatted("where minute <= :begun"))
			.bind("begun", instant.minus(Activity.MINUTE).atOffset(ZoneOffset.UTC))
			.map(ActivityLog::cursor)
			.one();
	}

	@Override
	public Flux<List<Entry<Activity>>> after(Cursor cursor) {
		return this.feed.after(cursor.position());
	}

	/** Of all books. */
	EventSource<Activity> all() {
		return of(null);
	}

	/** Of one book; null for all. */
	EventSource<Activity> of(@Nullable String book) {
		return (after, upTo, limit) -> this.database.sql(ENTRIES + """
				where (:all or book = :book) and position > :after and position <= :upTo
				order by position limit :limit
				""")
			.bind("all", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map(ActivityLog::entry)
			.all();
	}

	/**
	 * The newest first.
	 * @param book null for all
	 * @param before the position after the first one wanted
	 */
	Mono<List<Entry<Activity>>> latest(@Nullable String book, long before, int limit) {
		return this.database.sql(ENTRIES + """
				where (:all or book = :book) and position < :before order by position desc limit :limit
				""")
			.bind("all", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("before", before)
			.bind("limit", limit)
			.map(ActivityLog::entry)
			.all()
			.collectList();
	}

	private static Cursor cursor(Readable row) {
		return new Cursor(row.get("epoch", String.class), row.get("position", Long.class));
	}

	private static Entry<Activity> entry(Readable row) {
		Activity activity = new Activity(row.get("minute", OffsetDateTime.class).toInstant(),
				row.get("book", String.class), row.get("readers", Integer.class));
		return new Entry<>(row.get("position", Long.class), activity.end(), activity);
	}

}
