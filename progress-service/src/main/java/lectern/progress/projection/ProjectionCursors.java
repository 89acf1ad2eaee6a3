package lectern.progress.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the positions of the projections of read models. A projection without a row is
 * at position 0: whoever deletes its row and the rows of its read model has it rebuilt.
 */
@Repository
public class ProjectionCursors implements CursorStore {

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	public ProjectionCursors(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	@Override
	public Mono<Map<String, Long>> positions(Collection<String> projections) {
		return read(projections).flatMap((found) -> (found.size() == projections.size()) ? Mono.just(found)
				: addMissing(projections).then(read(projections)));
	}

	private Mono<Map<String, Long>> read(Collection<String> projections) {
		return this.database.sql("select name, position from projection where name = any(:names)")
			.bind("names", projections.toArray(String[]::new))
			.map((row) -> Map.entry(required(row, "name", String.class), required(row, "position", Long.class)))
			.all()
			.collect(HashMap::new, (positions, row) -> positions.put(row.getKey(), row.getValue()));
	}

	/** Rows exist before they are locked, so that the nodes lock each other out. */
	private Mono<Void> addMissing(Collection<String> projections) {
		return this.database.sql("""
				insert into projection (name, position) select name, 0 from unnest(:names) as missing (name)
				on conflict do nothing
				""").bind("names", projections.stream().sorted().toArray(String[]::new)).then();
	}

	/** {@inheritDoc} Runs in one transaction, so all of them advance or none. */
	@Override
	public Mono<Boolean> advance(Collection<String> projections, long from, long to, Mono<Void> update) {
		return this.transactions.run(move(projections, from, to).flatMap((moved) -> (moved == projections.size())
				? update.thenReturn(true) : Mono.error(new CursorMovedException())))
			.onErrorReturn(CursorMovedException.class, false);
	}

	/**
	 * Stores the new position before the update, because this also locks out the other
	 * nodes. All nodes lock the rows in the same order.
	 */
	private Mono<Long> move(Collection<String> projections, long from, long to) {
		return this.database.sql("""
				with locked as materialized (
				    select name from projection where name = any(:names) and position = :from
				    order by name for update)
				update projection set position = :to from locked where projection.name = locked.name
				""")
			.bind("names", projections.toArray(String[]::new))
			.bind("from", from)
			.bind("to", to)
			.fetch()
			.rowsUpdated();
	}

	/** Rolls the transaction back. */
	private static final class CursorMovedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CursorMovedException() {
			super("Another node has moved the cursor", null, false, false);
		}

	}

}
