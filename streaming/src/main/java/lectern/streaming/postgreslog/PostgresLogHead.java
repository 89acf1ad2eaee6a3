package lectern.streaming.postgreslog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import lectern.streaming.log.Cursor;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.Columns.required;

/**
 * The head of a log in PostgreSQL: a table with one row, the log's epoch and its last
 * position.
 *
 * <p>
 * An append reserves its positions in this row inside its transaction. The row stays
 * locked until the transaction ends. So positions follow the order of commits, a rollback
 * returns them, and a reader that has seen a position has seen all positions before it.
 * ADR 1 lists the alternatives.
 *
 * <p>
 * The table: <pre>
 * create table log_head (
 *     only_row boolean primary key default true check (only_row),
 *     epoch text not null, position bigint not null, received_at timestamptz not null)
 * </pre>
 */
public final class PostgresLogHead {

	/**
	 * The {@code NOTIFY} channel of every append; the content is the last position that
	 * was reserved.
	 */
	public static final String CHANNEL = "lectern_log";

	private final DatabaseClient database;

	public PostgresLogHead(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Reserve the next positions; must run inside the transaction that appends the
	 * events. Every other append waits until that transaction ends, so reserve last.
	 * @param count the number of positions
	 * @return cold; the reserved positions
	 */
	public Mono<PositionRange> reserve(int count) {
		// PostgreSQL sends the notification at the commit.
		return this.database.sql("""
				update log_head
				set position = position + :count, received_at = greatest(received_at, clock_timestamp())
				returning epoch, position, received_at, pg_notify(:channel, position::text)
				""")
			.bind("count", count)
			.bind("channel", CHANNEL)
			.map((row) -> new PositionRange(
					new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class) - count + 1),
					required(row, "received_at", OffsetDateTime.class).toInstant()))
			.one();
	}

	/** The cursor of the last committed event; cold. */
	public Mono<Cursor> cursor() {
		return this.database.sql("select epoch, position from log_head")
			.map((row) -> new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class)))
			.one();
	}

	/**
	 * The cursor of the last event received at or before an instant. {@code received_at}
	 * never decreases along the positions, so a binary search finds it without an index
	 * on {@code received_at}. Where a position has no event any more, the next one
	 * counts.
	 * @param table the table of events
	 * @return cold; the beginning of the log if there is no such event
	 */
	public Mono<Cursor> cursorAt(Instant instant, String table) {
		// Nothing was received before 1970, and PostgreSQL's timestamps do not reach back
		// as far as Java's.
		Instant bounded = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
		return this.database.sql("""
				with recursive half (low, high) as (
				    select 0::bigint, position from log_head
				  union all
				    select case when event.received_at <= :instant then event.position else half.low end,
				           case when event.received_at <= :instant then half.high
				               else (half.low + half.high + 1) / 2 - 1 end
				    from half left join lateral (
				        select position, received_at from %s
				        where position >= (half.low + half.high + 1) / 2 and position <= half.high
				        order by position limit 1) as event on true
				    where half.low < half.high)
				select epoch, low as position from half, log_head where low = high
				""".formatted(table))
			.bind("instant", bounded.atOffset(ZoneOffset.UTC))
			.map((row) -> new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class)))
			.one();
	}

	/**
	 * Consecutive positions reserved for one append.
	 *
	 * @param first the cursor of the first position
	 * @param receivedAt when they were reserved; never before that of an earlier append
	 */
	public record PositionRange(Cursor first, Instant receivedAt) {
	}

}
