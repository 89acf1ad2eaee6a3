package lectern.progress.query;

import java.time.Instant;

import lectern.progress.model.Timeline;

/**
 * How far a reading's timeline is kept.
 *
 * @param throughVersion the version of the last event that has its place, 0 if none has
 * @param lastStatusAt the time of the last word on the reading itself until there
 */
record TimelineProgress(int throughVersion, Instant lastStatusAt) {

	static final TimelineProgress NONE = new TimelineProgress(0, Timeline.START);

}
