package lectern.streaming.postgres;

import java.time.Instant;
import java.util.List;

import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;
import lectern.streaming.Origin;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stream's origin that is a log in PostgreSQL. */
public final class LoggedEvents<E> implements Origin<E> {

	private final PostgresLogHead head;

	private final Feed<E> feed;

	private final String table;

	/**
	 * @param table where the events are, by {@code position} and with their
	 * {@code received_at}
	 */
	public LoggedEvents(PostgresLogHead head, EventSource<E> events, String table, Wakeups wakeups) {
		this.head = head;
		this.feed = new Feed<>(events, wakeups);
		this.table = table;
	}

	@Override
	public Mono<Cursor> head() {
		return this.head.cursor();
	}

	@Override
	public Mono<Cursor> at(Instant instant) {
		return this.head.at(instant, this.table);
	}

	@Override
	public Flux<List<Entry<E>>> after(Cursor cursor) {
		return this.feed.after(cursor.position());
	}

}
