package lectern.progress.projection;

import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the position of each projection. A projection without a row is at position 0.
 */
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
			.map((row) -> required(row, "position", Long.class))
			.one()
			.defaultIfEmpty(0L);
	}

	/**
	 * Run an update of the read model and store the new position, in one transaction.
	 * @param from the position that is expected to be stored
	 * @param to the position after the update
	 * @param update the update of the read model
	 * @return cold; the new position. If another position than the expected one is
	 * stored, because another node moved it, that position, and the update was not run
	 */
	Mono<Long> advance(String projection, long from, long to, Mono<Void> update) {
		return this.transactions.run(lock(projection).flatMap(
				(found) -> (found != from) ? Mono.just(found) : update.then(store(projection, to)).thenReturn(to)));
	}

	/**
	 * Locks out other nodes that update the same projection, also before its first row.
	 */
	private Mono<Long> lock(String projection) {
		return this.database.sql("""
				insert into projection (name, position) values (:name, 0)
				on conflict (name) do update set position = projection.position
				returning position
				""").bind("name", projection).map((row) -> required(row, "position", Long.class)).one();
	}

	private Mono<Void> store(String projection, long position) {
		return this.database.sql("update projection set position = :position where name = :name")
			.bind("name", projection)
			.bind("position", position)
			.then();
	}

}
