package lectern.progress.pathprogress;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** The books that readers have finished, straight from the log. */
@Repository
public class FinishedBooks {

	private final DatabaseClient database;

	public FinishedBooks(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * What a reader had finished at a place in the log: by at least one reading that was
	 * not reopened.
	 * @param upTo the position of the last event that counts
	 * @return cold
	 */
	Mono<FinishedBooksSnapshot> findByReader(String reader, long upTo) {
		// The types stand here as they do in the index that this reads.
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
	 * What is finished.
	 *
	 * @param books their ids
	 * @param changes how often a reading was finished or reopened until then
	 */
	record FinishedBooksSnapshot(Set<String> books, long changes) {
	}

}
