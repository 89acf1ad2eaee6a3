package lectern.progress.query;

import java.time.Instant;
import java.util.List;

import lectern.progress.model.EventTimeKey;
import lectern.progress.model.Timeline;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * A part of a reading's timeline, with the state before it.
 *
 * @param progress how far the whole timeline reaches
 * @param foldedUntil when the last event before this part occurred, if there is one
 * @param document the reading after that event; null if this part is the first
 * @param keys in order
 */
record TimelineSlice(TimelineProgress progress, Instant foldedUntil, @Nullable ReadingDocument document,
		List<EventTimeKey> keys) {

	/** The slice of a reading that has no stored timeline. */
	static final TimelineSlice EMPTY = new TimelineSlice(TimelineProgress.NONE, Timeline.START, null, List.of());

	TimelineSlice {
		keys = List.copyOf(keys);
	}

	/** Join consecutive slices. */
	static TimelineSlice concatenate(List<TimelineSlice> parts) {
		if (parts.isEmpty()) {
			return EMPTY;
		}
		TimelineSlice first = parts.getFirst();
		return new TimelineSlice(first.progress, first.foldedUntil, first.document,
				parts.stream().flatMap((part) -> part.keys.stream()).toList());
	}

	/** Tell whether an event that occurred at an instant belongs before this part. */
	boolean beginsAfter(Instant instant) {
		return this.document != null && instant.isBefore(this.foldedUntil);
	}

	/** Return the keys of the events that had occurred by an instant. */
	List<EventTimeKey> keysUntil(Instant instant) {
		return this.keys.stream().filter((key) -> !key.at().isAfter(instant)).toList();
	}

}
