package lectern.streaming.postgreslog;

import java.time.Instant;
import java.util.List;

import lectern.streaming.log.ChangeSignal;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.log.EventReader;
import lectern.streaming.log.LogFollower;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The origin of a stream whose log is in PostgreSQL. */
public final class PostgresEventOrigin<E> implements EventOrigin<E> {

	private final PostgresLogHead head;

	private final LogFollower<E> feed;

	private final String table;

	/**
	 * @param table the table of events, with the columns {@code position} and
	 * {@code received_at}
	 */
	public PostgresEventOrigin(PostgresLogHead head, EventReader<E> eventReader, String table,
			ChangeSignal changeSignal) {
		this.head = head;
		this.feed = new LogFollower<>(eventReader, changeSignal);
		this.table = table;
	}

	@Override
	public Mono<Cursor> head() {
		return this.head.cursor();
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return this.head.cursorAt(instant, this.table);
	}

	@Override
	public Flux<List<EventEnvelope<E>>> after(Cursor cursor) {
		return this.feed.after(cursor.position());
	}

}
