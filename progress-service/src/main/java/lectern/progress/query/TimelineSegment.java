package lectern.progress.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.eventlog.EventLog;
import lectern.progress.model.EventTimeKey;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * A part of a reading's timeline, as long as it is from one milestone to the next.
 *
 * @param number from 1 on, without holes
 * @param keys in their order, at least one
 * @param document the reading as the last of them left it; null as long as it has not
 * been told so far
 */
record TimelineSegment(int number, List<EventTimeKey> keys, @Nullable ReadingDocument document) {

	TimelineSegment {
		keys = List.copyOf(keys);
	}

	/** Cut a part of a timeline into segments, the first of which has a number. */
	static List<TimelineSegment> split(int first, List<EventTimeKey> occurrences) {
		List<TimelineSegment> segments = new ArrayList<>();
		for (int from = 0; from < occurrences.size(); from += EventLog.CHECKPOINT_INTERVAL) {
			int to = Math.min(occurrences.size(), from + EventLog.CHECKPOINT_INTERVAL);
			segments.add(new TimelineSegment(first + segments.size(), occurrences.subList(from, to), null));
		}
		return segments;
	}

	TimelineSegment withDocument(@Nullable ReadingDocument as) {
		return new TimelineSegment(this.number, this.keys, as);
	}

	Instant endsAt() {
		return this.keys.getLast().at();
	}

	List<Integer> versions() {
		return this.keys.stream().map(EventTimeKey::version).toList();
	}

}
