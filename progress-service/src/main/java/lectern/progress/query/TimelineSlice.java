package lectern.progress.query;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.EventTimeKey;
import lectern.progress.model.Timeline;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * A part of a reading's timeline, and what came before it.
 *
 * @param progress of the whole timeline
 * @param foldedUntil when the last event before this part occurred, if there is one
 * @param document the reading as that event left it; null if this is the first part
 * @param keys in their order
 */
record TimelineSlice(TimelineProgress progress, Instant foldedUntil, @Nullable ReadingDocument document,
		List<EventTimeKey> keys) {

	/** Of a reading whose timeline is not kept. */
	static final TimelineSlice EMPTY = new TimelineSlice(TimelineProgress.NONE, Timeline.START, null, List.of());

	TimelineSlice {
		keys = List.copyOf(keys);
	}

	/** Several that follow each other as one. */
	static TimelineSlice concatenate(List<TimelineSlice> parts) {
		if (parts.isEmpty()) {
			return EMPTY;
		}
		TimelineSlice first = parts.getFirst();
		return new TimelineSlice(first.progress, first.foldedUntil, first.document,
				parts.stream().flatMap((part) -> part.keys.stream()).toList());
	}

	/** Whether something that occurred at an instant is in what came before this part. */
	boolean beginsAfter(Instant instant) {
		return this.document != null && instant.isBefore(this.foldedUntil);
	}

	/** What of this part had occurred by an instant. */
	List<EventTimeKey> keysUntil(Instant instant) {
		return this.keys.stream().filter((occurrence) -> !occurrence.at().isAfter(instant)).toList();
	}

}
