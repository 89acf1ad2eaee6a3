package lectern.progress.query;

import java.util.List;

/**
 * What is appended to the timeline of a reading.
 *
 * @param progress how far the timeline reaches then
 * @param segments may be empty
 */
record TimelineAppend(String reader, String stream, TimelineProgress progress, List<TimelineSegment> segments) {

	TimelineAppend {
		segments = List.copyOf(segments);
	}

}
