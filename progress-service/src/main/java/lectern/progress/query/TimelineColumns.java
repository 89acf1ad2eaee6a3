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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.Columns.required;

/** How timelines are written in the columns of their tables. */
final class TimelineColumns {

	private final JsonMapper mapper;

	TimelineColumns(JsonMapper mapper) {
		// A later version of the service may have written the row.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	TimelineEnd readEnd(Readable row) {
		return new TimelineEnd(readProgress(row), required(row, "number", Integer.class),
				toInstant(required(row, "ends_at", Long.class)), readDocument(row));
	}

	TimelineSlice readSlice(Readable row) {
		return new TimelineSlice(readProgress(row), toInstant(required(row, "folded_until", Long.class)),
				readDocument(row), readKeys(row));
	}

	/** A segment without its document. */
	TimelineSegment readSegment(Readable row) {
		return new TimelineSegment(required(row, "number", Integer.class), readKeys(row), null);
	}

	private static TimelineProgress readProgress(Readable row) {
		return new TimelineProgress(required(row, "through_version", Integer.class),
				toInstant(required(row, "last_status_at", Long.class)));
	}

	private static List<EventTimeKey> readKeys(Readable row) {
		Long[] instants = row.get("instants", Long[].class);
		Integer[] versions = row.get("versions", Integer[].class);
		return (instants == null || versions == null) ? List.of()
				: IntStream.range(0, versions.length)
					.mapToObj((index) -> new EventTimeKey(toInstant(instants[index]), versions[index]))
					.toList();
	}

	private @Nullable ReadingDocument readDocument(Readable row) {
		String json = row.get("document", String.class);
		return (json != null) ? toDocument(json) : null;
	}

	ReadingDocument toDocument(String json) {
		return this.mapper.readValue(json, ReadingDocument.class);
	}

	/** The documents of segments; null for those that have none. */
	@Nullable String[] toJson(List<TimelineSegment> segments) {
		return segments.stream()
			.map(TimelineSegment::document)
			.map((document) -> (document != null) ? this.mapper.writeValueAsString(document) : null)
			.toArray(String[]::new);
	}

	/**
	 * Encode the keys of each segment as the text of an array, because PostgreSQL's
	 * {@code unnest} would flatten an array of arrays.
	 */
	static String[] toArrayLiterals(List<TimelineSegment> segments, ToLongFunction<EventTimeKey> value) {
		return segments.stream()
			.map((segment) -> segment.keys()
				.stream()
				.map((key) -> Long.toString(value.applyAsLong(key)))
				.collect(Collectors.joining(",", "{", "}")))
			.toArray(String[]::new);
	}

	/**
	 * Convert to microseconds since the start of all timelines. No event is older, so any
	 * negative number serves for an earlier instant.
	 */
	static long toMicros(Instant instant) {
		return instant.isBefore(Timeline.START) ? -1 : ChronoUnit.MICROS.between(Timeline.START, instant);
	}

	private static Instant toInstant(long micros) {
		return Timeline.START.plus(micros, ChronoUnit.MICROS);
	}

}
