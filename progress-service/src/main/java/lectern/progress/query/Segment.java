package lectern.progress.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.EventLog;
import lectern.progress.model.Occurrence;

/**
 * A part of a reading's timeline, as long as it is from one milestone to the next.
 *
 * @param number from 1 on, without holes
 * @param occurrences in their order, at least one
 * @param document the reading as the last of them left it; null as long as it has not
 * been told so far
 */
record Segment(int number, List<Occurrence> occurrences, @Nullable ReadingDocument document) {

	Segment {
		occurrences = List.copyOf(occurrences);
	}

	/** Cut a part of a timeline into segments, the first of which has a number. */
	static List<Segment> cut(int first, List<Occurrence> occurrences) {
		List<Segment> segments = new ArrayList<>();
		for (int from = 0; from < occurrences.size(); from += EventLog.MILESTONE) {
			int to = Math.min(occurrences.size(), from + EventLog.MILESTONE);
			segments.add(new Segment(first + segments.size(), occurrences.subList(from, to), null));
		}
		return segments;
	}

	Segment told(@Nullable ReadingDocument as) {
		return new Segment(this.number, this.occurrences, as);
	}

	Instant endsAt() {
		return this.occurrences.getLast().at();
	}

	List<Integer> versions() {
		return this.occurrences.stream().map(Occurrence::version).toList();
	}

}
