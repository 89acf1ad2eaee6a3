package lectern.progress.query;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.model.Occurrence;
import lectern.progress.model.Timeline;

/**
 * A part of a reading's timeline, and what came before it.
 *
 * @param extent of the whole timeline
 * @param toldUntil when the last event before this part occurred, if there is one
 * @param document the reading as that event left it; null if this is the first part
 * @param occurrences in their order
 */
record Excerpt(Extent extent, Instant toldUntil, @Nullable ReadingDocument document, List<Occurrence> occurrences) {

	/** Of a reading whose timeline is not kept. */
	static final Excerpt NOTHING = new Excerpt(Extent.NOTHING, Timeline.BEGINNING, null, List.of());

	Excerpt {
		occurrences = List.copyOf(occurrences);
	}

	/** Several that follow each other as one. */
	static Excerpt of(List<Excerpt> parts) {
		if (parts.isEmpty()) {
			return NOTHING;
		}
		Excerpt first = parts.getFirst();
		return new Excerpt(first.extent, first.toldUntil, first.document,
				parts.stream().flatMap((part) -> part.occurrences.stream()).toList());
	}

	/** Whether something that occurred at an instant is in what came before this part. */
	boolean beginsAfter(Instant instant) {
		return this.document != null && instant.isBefore(this.toldUntil);
	}

	/** What of this part had occurred by an instant. */
	List<Occurrence> until(Instant instant) {
		return this.occurrences.stream().filter((occurrence) -> !occurrence.at().isAfter(instant)).toList();
	}

}
