package lectern.progress.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.eventlog.EventLog;
import lectern.progress.model.EventTimeKey;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a reading's timeline. It is as long as the distance between two
 * checkpoints.
 *
 * @param number from 1 on, without gaps
 * @param keys in order, at least one
 * @param document the reading after the last of them; null if the segment has not been
 * folded yet
 */
record TimelineSegment(int number, List<EventTimeKey> keys, @Nullable ReadingDocument document) {

	TimelineSegment {
		keys = List.copyOf(keys);
	}

	/**
	 * Divide a part of a timeline into segments.
	 * @param first the number of the first segment
	 */
	static List<TimelineSegment> split(int first, List<EventTimeKey> keys) {
		List<TimelineSegment> segments = new ArrayList<>();
		for (int from = 0; from < keys.size(); from += EventLog.CHECKPOINT_INTERVAL) {
			int to = Math.min(keys.size(), from + EventLog.CHECKPOINT_INTERVAL);
			segments.add(new TimelineSegment(first + segments.size(), keys.subList(from, to), null));
		}
		return segments;
	}

	TimelineSegment withDocument(@Nullable ReadingDocument folded) {
		return new TimelineSegment(this.number, this.keys, folded);
	}

	Instant endsAt() {
		return this.keys.getLast().at();
	}

	List<Integer> versions() {
		return this.keys.stream().map(EventTimeKey::version).toList();
	}

}
