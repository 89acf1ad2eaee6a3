package lectern.progress.pathprogress;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** Reads from the log which books a reader has finished. */
@Repository
public class FinishedBooks {

	private final DatabaseClient database;

	public FinishedBooks(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find the books that a reader had finished as of a position of the log: those with
	 * at least one finished reading that was not reopened afterwards.
	 * @param upTo the position of the last event that counts
	 * @return cold
	 */
	Mono<FinishedBooksSnapshot> findByReader(String reader, long upTo) {
		// The event types are literals so that the query matches the partial index.
		return this.database.sql("""
				select coalesce(array_agg(distinct book) filter (where latest and type = 'reading-finished'), '{}')
				    as books, count(*) as changes
				from (
				    select book, type, row_number() over (partition by stream order by version desc) = 1 as latest
				    from event
				    where reader = :reader and position <= :upTo and type in ('reading-finished', 'reading-reopened'))
				    as finishing
				""")
			.bind("reader", reader)
			.bind("upTo", upTo)
			.map((row) -> new FinishedBooksSnapshot(Set.of(row.get("books", String[].class)),
					row.get("changes", Long.class)))
			.one();
	}

	/**
	 * The finished books as of a position.
	 *
	 * @param books their ids
	 * @param changes how often the reader had finished or reopened a reading by then
	 */
	record FinishedBooksSnapshot(Set<String> books, long changes) {
	}

}
