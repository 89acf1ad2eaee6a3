package lectern.progress.query;

import java.time.Instant;

import lectern.progress.model.Timeline;

/**
 * How far the stored timeline of a reading reaches.
 *
 * @param throughVersion the version of the last event in it; 0 if there is none
 * @param lastStatusAt the time of the last change of status among those events
 */
record TimelineProgress(int throughVersion, Instant lastStatusAt) {

	static final TimelineProgress NONE = new TimelineProgress(0, Timeline.START);

}
