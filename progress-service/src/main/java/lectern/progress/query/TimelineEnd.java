package lectern.progress.query;

import java.time.Instant;

import lectern.progress.model.Timeline;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The end of the stored timeline of a reading.
 *
 * @param progress how far it reaches
 * @param number the number of the last segment; 0 if there is none
 * @param endsAt when its last event occurred
 * @param document the reading after that event; null if the segment has not been folded
 * yet, or if there is none
 */
record TimelineEnd(TimelineProgress progress, int number, Instant endsAt, @Nullable ReadingDocument document) {

	/** The end of a timeline of which nothing is stored. */
	static final TimelineEnd NONE = new TimelineEnd(TimelineProgress.NONE, 0, Timeline.START, null);

	/** Whether an event that occurred at an instant is after all stored ones. */
	boolean isBefore(Instant instant) {
		return !instant.isBefore(this.endsAt);
	}

	/** Whether events that follow can be folded. */
	boolean isFolded() {
		return this.number == 0 || this.document != null;
	}

}
