package lectern.progress.query;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

import lectern.progress.representation.ReadingDocument;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static lectern.progress.query.TimelineColumns.toArrayLiterals;
import static lectern.progress.query.TimelineColumns.toMicros;
import static lectern.web.Columns.required;

/** Stores the timelines of readings. */
@Repository
class TimelineSegments {

	private static final String SELECT_SEGMENTS = """
			select number, instants, versions from timeline_segment
			""";

	private static final String INSERT_SEGMENTS = """
			insert into timeline_segment (stream, number, ends_at, instants, versions, document)
			select stream, number, ends_at, instants::bigint[], versions::int[], document::jsonb
			from unnest(:streams, :numbers, :ends, :instants, :versions, :documents)
			    as segment (stream, number, ends_at, instants, versions, document)
			""";

	private final DatabaseClient database;

	private final TimelineColumns columns;

	TimelineSegments(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		this.columns = new TimelineColumns(mapper);
	}

	/**
	 * Find the ends of the stored timelines of readings.
	 * @return cold; by stream, without the readings of which nothing is stored
	 */
	Mono<Map<String, TimelineEnd>> ends(Collection<String> streams) {
		return this.database.sql("""
				select stream, through_version, last_status_at, number, ends_at, document::text as document
				from timeline join lateral (
				    select number, ends_at, document from timeline_segment
				    where timeline_segment.stream = timeline.stream order by number desc limit 1) as last on true
				where stream = any(:streams)
				""")
			.bind("streams", streams.toArray(String[]::new))
			.map((row) -> Map.entry(required(row, "stream", String.class), this.columns.readEnd(row)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * Read what is needed to fold a reading as of an instant.
	 * @param since events that occurred after this are folded again; at most {@code
	 * until}
	 * @return cold; one statement, so that the parts are consistent
	 */
	Mono<TimelineSlice> slice(String reader, String stream, Instant since, Instant until) {
		return this.database.sql("""
				select through_version, last_status_at, coalesce(folded.ends_at, 0) as folded_until,
				       folded.document::text as document, part.instants, part.versions
				from timeline
				left join lateral (
				    select number, ends_at, document from timeline_segment
				    where stream = :stream and ends_at <= :since and document is not null
				    order by ends_at desc, number desc limit 1) as folded on true
				left join lateral (
				    select number from timeline_segment where stream = :stream and ends_at > :until
				    order by ends_at, number limit 1) as last on true
				left join timeline_segment as part on part.stream = :stream
				    and part.number > coalesce(folded.number, 0) and part.number <= coalesce(last.number, 2147483647)
				where timeline.stream = :stream and timeline.reader = :reader
				order by part.number
				""")
			.bind("stream", stream)
			.bind("reader", reader)
			.bind("since", toMicros(since))
			.bind("until", toMicros(until))
			.map(this.columns::readSlice)
			.all()
			.collectList()
			.map(TimelineSlice::concatenate);
	}

	/**
	 * Find the segments that contain events which occurred after an instant.
	 * @return cold
	 */
	Mono<List<TimelineSegment>> findAfter(String stream, Instant instant) {
		return segments(
				this.database.sql(SELECT_SEGMENTS + "where stream = :stream and ends_at > :instant order by number")
					.bind("stream", stream)
					.bind("instant", toMicros(instant)));
	}

	/**
	 * Find the first segments that have not been folded.
	 * @return cold
	 */
	Mono<List<TimelineSegment>> findUnfolded(String stream, int limit) {
		return segments(this.database
			.sql(SELECT_SEGMENTS + "where stream = :stream and document is null order by number limit :limit")
			.bind("stream", stream)
			.bind("limit", limit));
	}

	private Mono<List<TimelineSegment>> segments(GenericExecuteSpec statement) {
		return statement.map(this.columns::readSegment).all().collectList();
	}

	/**
	 * Find a reading whose timeline has segments that have not been folded.
	 * @return cold; empty if there is none
	 */
	Mono<UnfoldedTimeline> findAnyUnfolded() {
		return this.database.sql("""
				select stream, reader from timeline
				where stream = (select stream from timeline_segment where document is null limit 1)
				""")
			.map((row) -> new UnfoldedTimeline(required(row, "stream", String.class),
					required(row, "reader", String.class)))
			.one();
	}

	/**
	 * Read the reading after the segment before a number.
	 * @return cold; empty for the first segment, and if the one before has not been
	 * folded
	 */
	Mono<ReadingDocument> documentBefore(String stream, int number) {
		return this.database.sql("""
				select document::text as document from timeline_segment
				where stream = :stream and number = :number - 1 and document is not null
				""")
			.bind("stream", stream)
			.bind("number", number)
			.mapValue(String.class)
			.one()
			.map(this.columns::toDocument);
	}

	/**
	 * Delete the segments from a number on.
	 * @return cold
	 */
	Mono<Void> deleteFrom(String stream, int number) {
		return this.database.sql("delete from timeline_segment where stream = :stream and number >= :number")
			.bind("stream", stream)
			.bind("number", number)
			.then();
	}

	/**
	 * Append segments, and store how far the timelines reach with them.
	 * @param appends of different readings
	 * @return cold
	 */
	Mono<Void> append(Collection<TimelineAppend> appends) {
		if (appends.isEmpty()) {
			return Mono.empty();
		}
		List<TimelineSegment> segments = appends.stream().flatMap((append) -> append.segments().stream()).toList();
		List<String> streams = appends.stream()
			.flatMap((append) -> Collections.nCopies(append.segments().size(), append.stream()).stream())
			.toList();
		return bind("""
				with progress as (
				    insert into timeline (stream, reader, through_version, last_status_at)
				    select stream, reader, through_version, last_status_at
				    from unnest(:timelines, :readers, :throughVersions, :lastStatusTimes)
				        as appended (stream, reader, through_version, last_status_at)
				    on conflict (stream) do update set through_version = excluded.through_version,
				        last_status_at = excluded.last_status_at)
				""" + INSERT_SEGMENTS, streams, segments)
			.bind("timelines", column(appends, TimelineAppend::stream, String[]::new))
			.bind("readers", column(appends, TimelineAppend::reader, String[]::new))
			.bind("throughVersions", column(appends, (append) -> append.progress().throughVersion(), Integer[]::new))
			.bind("lastStatusTimes",
					column(appends, (append) -> toMicros(append.progress().lastStatusAt()), Long[]::new))
			.then();
	}

	private static <T> T[] column(Collection<TimelineAppend> appends, Function<TimelineAppend, T> value,
			IntFunction<T[]> array) {
		return appends.stream().map(value).toArray(array);
	}

	/**
	 * Store the documents of segments that exist.
	 * @return cold
	 */
	Mono<Void> store(String stream, List<TimelineSegment> segments) {
		return bind(INSERT_SEGMENTS + " on conflict (stream, number) do update set document = excluded.document",
				Collections.nCopies(segments.size(), stream), segments)
			.then();
	}

	/** Delete the timelines of a reader; cold. */
	Mono<Void> erase(String reader) {
		return this.database.sql("""
				with erased as (delete from timeline where reader = :reader returning stream)
				delete from timeline_segment using erased where timeline_segment.stream = erased.stream
				""").bind("reader", reader).then();
	}

	/**
	 * Bind segments.
	 * @param streams the stream of each segment
	 */
	private GenericExecuteSpec bind(String statement, List<String> streams, List<TimelineSegment> segments) {
		return this.database.sql(statement)
			.bind("streams", streams.toArray(String[]::new))
			.bind("numbers", segments.stream().map(TimelineSegment::number).toArray(Integer[]::new))
			.bind("ends", segments.stream().map((segment) -> toMicros(segment.endsAt())).toArray(Long[]::new))
			.bind("instants", toArrayLiterals(segments, (key) -> toMicros(key.at())))
			.bind("versions", toArrayLiterals(segments, (key) -> (long) key.version()))
			.bind("documents", this.columns.toJson(segments));
	}

	/** A reading whose timeline has segments that have not been folded. */
	record UnfoldedTimeline(String stream, String reader) {
	}

}
