package lectern.progress.query;

import java.time.Instant;

import lectern.progress.model.Timeline;

/**
 * How far a reading's timeline is kept.
 *
 * @param through the version of the last event that has its place, 0 if none has
 * @param said the time of the last word on the reading itself until there
 */
record Extent(int through, Instant said) {

	static final Extent NOTHING = new Extent(0, Timeline.BEGINNING);

}
