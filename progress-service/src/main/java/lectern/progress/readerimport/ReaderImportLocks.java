package lectern.progress.readerimport;

import java.time.Duration;
import java.util.Collection;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Which readers are being imported, on any node. Every publisher is cold. */
@Repository
public class ReaderImportLocks {

	/** Longer than a client may pause while it sends. */
	private static final Duration LEASE = Duration.ofMinutes(3);

	private final DatabaseClient database;

	public ReaderImportLocks(DatabaseClient database) {
		this.database = database;
	}

	/** Begin an import; false if another one is running. */
	Mono<Boolean> acquire(String reader) {
		return this.database.sql("""
				insert into reader_import (reader, expires_at)
				values (:reader, clock_timestamp() + :seconds * interval '1 second')
				on conflict (reader) do update set expires_at = excluded.expires_at
				where reader_import.expires_at < clock_timestamp()
				""")
			.bind("reader", reader)
			.bind("seconds", LEASE.toSeconds())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** Go on with an import. */
	Mono<Void> renew(String reader) {
		return this.database.sql("""
				update reader_import set expires_at = clock_timestamp() + :seconds * interval '1 second'
				where reader = :reader
				""").bind("reader", reader).bind("seconds", LEASE.toSeconds()).then();
	}

	/**
	 * End an import, and have the gates of its paths evaluated, as after a change of the
	 * paths.
	 */
	Mono<Void> release(String reader, Collection<String> paths) {
		return this.database.sql("""
				with ended as (delete from reader_import where reader = :reader)
				insert into changed_path (path) select unnest(:paths)
				on conflict (path) do update set change = gen_random_uuid()
				""").bind("reader", reader).bind("paths", paths.toArray(String[]::new)).then();
	}

	/** Whether a reader is being imported. */
	public Mono<Boolean> isHeld(String reader) {
		return this.database
			.sql("select exists (select from reader_import where reader = :reader and expires_at > clock_timestamp())")
			.bind("reader", reader)
			.map((row) -> required(row, 0, Boolean.class))
			.one();
	}

}
