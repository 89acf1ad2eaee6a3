package lectern.progress.eventlog;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lectern.streaming.log.EventReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Finds events by their type. The types are literals in the statements, not parameters:
 * PostgreSQL uses a partial index only if the statement itself implies the condition of
 * the index. The schema has one such index for the types of each caller. Every publisher
 * is cold.
 */
@Repository
public class EventsByType {

	private static final Pattern TYPE = Pattern.compile("[a-z]+(-[a-z]+)*");

	private final DatabaseClient database;

	private final EventTypes types;

	public EventsByType(DatabaseClient database, EventTypes types) {
		this.database = database;
		this.types = types;
	}

	/** Return a reader of the events of any of these types, in the order of the log. */
	public EventReader<StoredEvent> reader(List<String> types) {
		String statement = PostgresEventLog.COLUMNS + """
				where position > :after and position <= :upTo and type in (%s) order by position limit :limit
				""".formatted(literals(types));
		return (after, upTo, limit) -> this.database.sql(statement)
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> this.types.read(PostgresEventLog.toRawEvent(row)).toEnvelope())
			.all();
	}

	/**
	 * The streams of a reader that have an event of a type, in the order of their ids.
	 * @param after the id after which to begin; an empty string for the first
	 * @param upTo the position of the last event to consider
	 */
	public Flux<String> findStreams(String reader, String type, String after, long upTo, int limit) {
		return this.database.sql("""
				select stream from event
				where reader = :reader and type = %s and stream > :after and position <= :upTo
				order by stream limit :limit
				""".formatted(literals(List.of(type))))
			.bind("reader", reader)
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> required(row, "stream", String.class))
			.all();
	}

	/**
	 * The books of a reader's streams that have a state, and are not hidden.
	 * @param state the types of the events that set and revoke the state
	 * @param hidden the types of the events that hide a stream and show it again
	 * @param upTo the position of the last event to consider
	 */
	public Mono<MatchingBooks> findBooks(String reader, StateTypes state, StateTypes hidden, long upTo) {
		return this.database
			.sql("""
					with removal as (
					    select stream, type, row_number() over (partition by stream order by version desc) = 1 as latest
					    from event
					    where reader = :reader and position <= :upTo and type in (%s))
					select coalesce(array_agg(distinct book) filter (
					        where latest and type = %s
					            and stream not in (select stream from removal where latest and type = %s)), '{}') as books,
					    count(*) + (select count(*) from removal) as events
					from (
					    select stream, book, type, row_number() over (partition by stream order by version desc) = 1 as latest
					    from event
					    where reader = :reader and position <= :upTo and type in (%s)) as candidate
					"""
				.formatted(hidden.literals(), literal(state.set()), literal(hidden.set()), state.literals()))
			.bind("reader", reader)
			.bind("upTo", upTo)
			.map((row) -> new MatchingBooks(Set.of(row.get("books", String[].class)),
					required(row, "events", Long.class)))
			.one();
	}

	private static String literals(List<String> types) {
		return types.stream().map(EventsByType::literal).collect(Collectors.joining(", "));
	}

	private static String literal(String type) {
		if (!TYPE.matcher(type).matches()) {
			throw new IllegalArgumentException("Not the name of an event type: " + type);
		}
		return "'" + type + "'";
	}

	/**
	 * Books found by {@link #findBooks}.
	 *
	 * @param books the ids of the books
	 * @param events the number of events of all four types, whatever their book
	 */
	public record MatchingBooks(Set<String> books, long events) {
	}

	/**
	 * The types of the events that decide on a state of a stream: its latest event of
	 * these types does.
	 *
	 * @param set the type of an event after which a stream has the state
	 * @param revoked the type of an event after which it does not
	 */
	public record StateTypes(String set, String revoked) {

		private String literals() {
			return EventsByType.literals(List.of(this.set, this.revoked));
		}

	}

}
