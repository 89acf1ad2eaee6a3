package lectern.progress.projection;

import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** How far each projection has come. One without a row is at the beginning. */
@Repository
public class ProjectionCursors {

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	public ProjectionCursors(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/** The position of the last event that was applied, 0 if there is none; cold. */
	public Mono<Long> position(String projection) {
		return this.database.sql("select position from projection where name = :name")
			.bind("name", projection)
			.map((row) -> row.get("position", Long.class))
			.one()
			.defaultIfEmpty(0L);
	}

	/**
	 * Do some work and move on, both or neither.
	 * @return cold; the new position, or the one found instead of the expected if
	 * somebody else moved it: then the work was not done
	 */
	Mono<Long> advance(String projection, long from, long to, Mono<Void> work) {
		return this.transactions.run(lock(projection)
			.flatMap((found) -> (found != from) ? Mono.just(found) : work.then(store(projection, to)).thenReturn(to)));
	}

	/** Whoever else keeps the same projection waits here, also for its first row. */
	private Mono<Long> lock(String projection) {
		return this.database.sql("""
				insert into projection (name, position) values (:name, 0)
				on conflict (name) do update set position = projection.position
				returning position
				""").bind("name", projection).map((row) -> row.get("position", Long.class)).one();
	}

	private Mono<Void> store(String projection, long position) {
		return this.database.sql("update projection set position = :position where name = :name")
			.bind("name", projection)
			.bind("position", position)
			.then();
	}

}
