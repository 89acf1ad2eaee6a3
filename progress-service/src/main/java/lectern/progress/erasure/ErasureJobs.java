package lectern.progress.erasure;

import java.time.Duration;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import lectern.progress.eventlog.ErasedReader;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * The erasures that are not complete, in the database. A node works on one for as long as
 * it moves its due time ahead; after that any node continues. Every publisher is cold.
 */
@Repository
class ErasureJobs {

	/** A node that works on a job moves the due time ahead with each step. */
	private static final Duration LEASE = Duration.ofSeconds(30);

	private final DatabaseClient database;

	ErasureJobs(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Add the erasure of a reader, in the transaction that deletes the account. The head
	 * of the log is locked until the commit: all events of the reader are before it, and
	 * appends that come later find the job.
	 */
	Mono<Void> insert(String reader, UUID id) {
		return this.database.sql("""
				with head as (select position from log_head for update)
				insert into erasure (reader, id, position) select :reader, :id, position from head
				on conflict (reader) do update
				set id = excluded.id, position = excluded.position, requested_at = excluded.requested_at,
				    due_at = excluded.due_at, announced_position = null
				""").bind("reader", reader).bind("id", id).then();
	}

	/** Whether a reader is being erased. */
	Mono<Boolean> exists(String reader) {
		return this.database.sql("select exists (select from erasure where reader = :reader)")
			.bind("reader", reader)
			.map((row) -> required(row, 0, Boolean.class))
			.one();
	}

	/** Take the job that is due for the longest time; empty if none is. */
	Mono<ErasureJob> take() {
		return bindLease("""
				update erasure set due_at = clock_timestamp() + :seconds * interval '1 second'
				where reader = (
				    select reader from erasure where due_at <= clock_timestamp()
				    order by due_at limit 1 for update skip locked)
				returning reader, secret, id, position, announced_position
				""").map(ErasureJobs::job).one();
	}

	/** Keep a job that was taken. */
	Mono<Void> keep(ErasureJob job) {
		return bindLease("""
				update erasure set due_at = clock_timestamp() + :seconds * interval '1 second' where reader = :reader
				""").bind("reader", job.reader().handle()).then();
	}

	private GenericExecuteSpec bindLease(String statement) {
		return this.database.sql(statement).bind("seconds", LEASE.toSeconds());
	}

	/** Store that only stubs are left; returns the job as it is then. */
	Mono<ErasureJob> announced(ErasureJob job, long position) {
		return this.database.sql("update erasure set announced_position = :position where reader = :reader")
			.bind("position", position)
			.bind("reader", job.reader().handle())
			.then()
			.thenReturn(new ErasureJob(job.reader(), job.id(), job.position(), position));
	}

	/**
	 * Delete a job once the handle may be used again; until then it is due at that time.
	 * @return whether it was deleted
	 */
	Mono<Boolean> deleteAfter(ErasureJob job, Duration retention) {
		return this.database.sql("""
				with ended as (
				    delete from erasure
				    where reader = :reader and requested_at + :seconds * interval '1 second' <= clock_timestamp()
				    returning reader)
				update erasure set due_at = requested_at + :seconds * interval '1 second'
				where reader = :reader and not exists (select from ended)
				""")
			.bind("reader", job.reader().handle())
			.bind("seconds", retention.toSeconds())
			.fetch()
			.rowsUpdated()
			.map((postponed) -> postponed == 0);
	}

	private static ErasureJob job(Readable row) {
		return new ErasureJob(
				new ErasedReader(required(row, "reader", String.class), required(row, "secret", UUID.class)),
				required(row, "id", UUID.class), required(row, "position", Long.class),
				row.get("announced_position", Long.class));
	}

}
