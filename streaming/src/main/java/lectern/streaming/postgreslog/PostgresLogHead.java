package lectern.streaming.postgreslog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import lectern.streaming.log.Cursor;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The one row at the head of a log in PostgreSQL: its epoch and how many events it holds.
 *
 * <p>
 * Whoever appends takes positions from this row inside the appending transaction. The
 * row's lock is held until that transaction ends, so positions are given in the order of
 * commits, a rollback gives them back, and a reader that has seen a position has seen all
 * before it. ADR 1 has the alternatives.
 *
 * <p>
 * The table: <pre>
 * create table log_head (
 *     only_row boolean primary key default true check (only_row),
 *     epoch text not null, position bigint not null, received_at timestamptz not null)
 * </pre>
 */
public final class PostgresLogHead {

	/** The channel that every append notifies. */
	public static final String CHANNEL = "lectern_log";

	private final DatabaseClient database;

	public PostgresLogHead(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Take the next positions; must run inside the transaction that appends the events.
	 * Until it ends every other append waits, so do it last.
	 * @param count how many; with 0 the head is only locked
	 * @return cold; the places taken
	 */
	public Mono<PositionRange> reserve(int count) {
		// The notification leaves with the commit and only wakes: it carries nothing.
		return this.database.sql("""
				update log_head
				set position = position + :count, received_at = greatest(received_at, clock_timestamp())
				returning epoch, position, received_at, pg_notify(:channel, '')
				""")
			.bind("count", count)
			.bind("channel", CHANNEL)
			.map((row) -> new PositionRange(
					new Cursor(row.get("epoch", String.class), row.get("position", Long.class) - count + 1),
					row.get("received_at", OffsetDateTime.class).toInstant()))
			.one();
	}

	/**
	 * Give back the last of the places that this transaction has taken.
	 * @param count how many were not needed
	 * @return cold
	 */
	public Mono<Void> release(int count) {
		return this.database.sql("update log_head set position = position - :count").bind("count", count).then();
	}

	/** The cursor of the last committed event; cold. */
	public Mono<Cursor> cursor() {
		return this.database.sql("select epoch, position from log_head")
			.map((row) -> new Cursor(row.get("epoch", String.class), row.get("position", Long.class)))
			.one();
	}

	/**
	 * The cursor of the last event received at an instant or before. Positions have no
	 * holes and {@code received_at} never decreases along them, so it is found by
	 * halving, without an index for it.
	 * @param table where the events are
	 * @return cold; the beginning of the log if there is none
	 */
	public Mono<Cursor> cursorAt(Instant instant, String table) {
		// Nothing was received before the first clocks of this kind, and the database
		// does not know all years before them.
		Instant possible = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
		return this.database.sql("""
				with recursive half (low, high) as (
				    select 0::bigint, position from log_head
				  union all
				    select case when event.received_at <= :instant then event.position else half.low end,
				           case when event.received_at <= :instant then half.high else event.position - 1 end
				    from half join %s event on event.position = (half.low + half.high + 1) / 2
				    where half.low < half.high)
				select epoch, low as position from half, log_head where low = high
				""".formatted(table))
			.bind("instant", possible.atOffset(ZoneOffset.UTC))
			.map((row) -> new Cursor(row.get("epoch", String.class), row.get("position", Long.class)))
			.one();
	}

	/**
	 * Consecutive positions given to one append.
	 *
	 * @param first the cursor of the first
	 * @param receivedAt when they were given, never before those of an earlier append
	 */
	public record PositionRange(Cursor first, Instant receivedAt) {
	}

}
