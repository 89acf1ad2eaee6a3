package lectern.progress.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.r2dbc.spi.Readable;
import lectern.progress.model.EventTimeKey;
import lectern.progress.model.Timeline;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Stores the timelines of readings. */
@Repository
class TimelineSegments {

	private static final String SELECT_SEGMENTS = """
			select number, instants, versions from timeline_segment
			""";

	private static final String INSERT_SEGMENTS = """
			insert into timeline_segment (stream, number, ends_at, instants, versions, document)
			select :stream, number, ends_at, instants::bigint[], versions::int[], document::jsonb
			from unnest(:numbers, :ends, :instants, :versions, :documents)
			    as segment (number, ends_at, instants, versions, document)
			""";

	private final DatabaseClient database;

	private final JsonMapper mapper;

	TimelineSegments(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		// A later version of the service may have written the row.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/**
	 * Find the end of the stored timeline of a reading.
	 * @return cold; {@link TimelineEnd#NONE} if nothing is stored
	 */
	Mono<TimelineEnd> end(String stream) {
		return this.database.sql("""
				select through_version, last_status_at, number, ends_at, document::text as document
				from timeline join lateral (
				    select number, ends_at, document from timeline_segment
				    where stream = :stream order by number desc limit 1) as last on true
				where timeline.stream = :stream
				""")
			.bind("stream", stream)
			.map((row) -> new TimelineEnd(progress(row), required(row, "number", Integer.class),
					toInstant(required(row, "ends_at", Long.class)), readDocument(row)))
			.one()
			.defaultIfEmpty(TimelineEnd.NONE);
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
			.map((row) -> new TimelineSlice(progress(row), toInstant(required(row, "folded_until", Long.class)),
					readDocument(row), keys(row)))
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
		return statement.map((row) -> new TimelineSegment(required(row, "number", Integer.class), keys(row), null))
			.all()
			.collectList();
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
				""").bind("stream", stream).bind("number", number).mapValue(String.class).one().map(this::read);
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
	 * Append segments, and store how far the timeline reaches with them.
	 * @return cold
	 */
	Mono<Void> append(String reader, String stream, TimelineProgress progress, List<TimelineSegment> segments) {
		return bind("""
				with progress as (
				    insert into timeline (stream, reader, through_version, last_status_at)
				    values (:stream, :reader, :throughVersion, :lastStatusAt)
				    on conflict (stream) do update set through_version = excluded.through_version,
				        last_status_at = excluded.last_status_at)
				""" + INSERT_SEGMENTS, stream, segments).bind("reader", reader)
			.bind("throughVersion", progress.throughVersion())
			.bind("lastStatusAt", toMicros(progress.lastStatusAt()))
			.then();
	}

	/**
	 * Store the documents of segments that exist.
	 * @return cold
	 */
	Mono<Void> store(String stream, List<TimelineSegment> segments) {
		return bind(INSERT_SEGMENTS + " on conflict (stream, number) do update set document = excluded.document",
				stream, segments)
			.then();
	}

	/** Delete the timelines of a reader; cold. */
	Mono<Void> erase(String reader) {
		return this.database.sql("""
				with erased as (delete from timeline where reader = :reader returning stream)
				delete from timeline_segment using erased where timeline_segment.stream = erased.stream
				""").bind("reader", reader).then();
	}

	private GenericExecuteSpec bind(String statement, String stream, List<TimelineSegment> segments) {
		return this.database.sql(statement)
			.bind("stream", stream)
			.bind("numbers", segments.stream().map(TimelineSegment::number).toArray(Integer[]::new))
			.bind("ends", segments.stream().map((segment) -> toMicros(segment.endsAt())).toArray(Long[]::new))
			.bind("instants", toArrayLiterals(segments, (key) -> toMicros(key.at())))
			.bind("versions", toArrayLiterals(segments, (key) -> (long) key.version()))
			.bind("documents", segments.stream().map(this::toJson).toArray(String[]::new));
	}

	/**
	 * Encode the arrays as text, because PostgreSQL's {@code unnest} would flatten an
	 * array of arrays.
	 */
	private static String[] toArrayLiterals(List<TimelineSegment> segments, ToLongFunction<EventTimeKey> value) {
		return segments.stream()
			.map((segment) -> segment.keys()
				.stream()
				.map((key) -> Long.toString(value.applyAsLong(key)))
				.collect(Collectors.joining(",", "{", "}")))
			.toArray(String[]::new);
	}

	private static List<EventTimeKey> keys(Readable row) {
		Long[] instants = row.get("instants", Long[].class);
		Integer[] versions = row.get("versions", Integer[].class);
		return (instants == null || versions == null) ? List.of()
				: IntStream.range(0, versions.length)
					.mapToObj((index) -> new EventTimeKey(toInstant(instants[index]), versions[index]))
					.toList();
	}

	private static TimelineProgress progress(Readable row) {
		return new TimelineProgress(required(row, "through_version", Integer.class),
				toInstant(required(row, "last_status_at", Long.class)));
	}

	private @Nullable String toJson(TimelineSegment segment) {
		return (segment.document() != null) ? this.mapper.writeValueAsString(segment.document()) : null;
	}

	private @Nullable ReadingDocument readDocument(Readable row) {
		String json = row.get("document", String.class);
		return (json != null) ? read(json) : null;
	}

	private ReadingDocument read(String json) {
		return this.mapper.readValue(json, ReadingDocument.class);
	}

	/**
	 * Convert to microseconds since the start of all timelines. No event is older, so any
	 * negative number serves for an earlier instant.
	 */
	private static long toMicros(Instant instant) {
		return instant.isBefore(Timeline.START) ? -1 : ChronoUnit.MICROS.between(Timeline.START, instant);
	}

	private static Instant toInstant(long micros) {
		return Timeline.START.plus(micros, ChronoUnit.MICROS);
	}

	/** A reading whose timeline has segments that have not been folded. */
	record UnfoldedTimeline(String stream, String reader) {
	}

}
