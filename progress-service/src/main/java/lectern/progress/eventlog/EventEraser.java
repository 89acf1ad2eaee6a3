package lectern.progress.eventlog;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Removes readers from the log. Their events stay as stubs, so that every cursor stays
 * valid and public counts stay the same (ADR 32). Every publisher is cold.
 */
@Repository
public class EventEraser {

	private final DatabaseClient database;

	EventEraser(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Turn the last events of a reader into stubs. Each gets a stream of its own, so that
	 * nothing but the token connects the events of one book and minute. The last ones are
	 * first, so that a stream which is being read has no gaps.
	 * @param limit the maximum number of events
	 * @return the number of stubs; fewer than the limit if no event is left
	 */
	public Mono<Long> eraseEvents(ErasedReader reader, int limit) {
		return this.database.sql("""
				update event
				set reader = erased_reader(:secret, event.book, event.received_at), stream = '~' || event.position,
				    version = 1, occurred_at = event.received_at, data = '{}'
				from (select position from event where reader = :reader order by position desc limit :limit for update)
				    as batch
				where event.position = batch.position
				""")
			.bind("reader", reader.handle())
			.bind("secret", reader.secret())
			.bind("limit", limit)
			.fetch()
			.rowsUpdated();
	}

	/**
	 * Delete what the log remembers of a reader's commands.
	 * @param limit the maximum number of commands
	 * @return the number of commands; fewer than the limit if none is left
	 */
	public Mono<Long> eraseCommands(ErasedReader reader, int limit) {
		return this.database.sql("""
				delete from idempotency_record where (reader, key) in (
				    select reader, key from idempotency_record where reader = :reader limit :limit)
				""").bind("reader", reader.handle()).bind("limit", limit).fetch().rowsUpdated();
	}

	/** Delete which readings of a reader are open, and their aliases. */
	public Mono<Void> eraseClaims(ErasedReader reader) {
		return this.database.sql("""
				with aliases as (delete from reading_alias where reader = :reader),
				    imports as (delete from reader_import where reader = :reader)
				delete from open_reading where reader = :reader
				""").bind("reader", reader.handle()).then();
	}

}
