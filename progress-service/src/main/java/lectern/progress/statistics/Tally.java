package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up how long was read on each day. The time between two reports of one reading
 * counts if it is ten minutes at the most: who reports less often was away.
 */
final class Tally {

	static final Duration LONGEST_GAP = Duration.ofMinutes(10);

	private final Span span;

	private final SortedMap<LocalDate, Duration> days = new TreeMap<>();

	private Tally(Span span) {
		this.span = span;
	}

	/**
	 * The days on which something was read, with how long that took.
	 * @param times in any order; those of one reading may touch but not overlap
	 */
	static SortedMap<LocalDate, Duration> of(Span span, List<ReadingTime> times) {
		Tally tally = new Tally(span);
		Map<String, Instant> lastOf = new HashMap<>();
		times.stream().sorted(Comparator.comparing(ReadingTime::first)).forEach((time) -> {
			Instant before = lastOf.put(time.reading(), time.last());
			if (before != null && Duration.between(before, time.first()).compareTo(LONGEST_GAP) <= 0) {
				tally.add(before, time.first());
			}
			tally.report(time.first());
			tally.add(time.first(), time.last());
			tally.report(time.last());
		});
		return tally.days;
	}

	/** There was a report: the day counts however short it was. */
	private void report(Instant at) {
		if (this.span.contains(at)) {
			this.days.merge(this.span.day(at), Duration.ZERO, Duration::plus);
		}
	}

	/** Each day gets its part. */
	private void add(Instant begin, Instant end) {
		Instant at = this.span.clamp(begin);
		Instant last = this.span.clamp(end);
		while (at.isBefore(last)) {
			LocalDate day = this.span.day(at);
			Instant midnight = this.span.endOf(day);
			Instant until = midnight.isBefore(last) ? midnight : last;
			this.days.merge(day, Duration.between(at, until), Duration::plus);
			at = until;
		}
	}

}
