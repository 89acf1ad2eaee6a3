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
final class ReadingTimeAccumulator {

	static final Duration MAX_GAP = Duration.ofMinutes(10);

	private final StatisticsPeriod period;

	private final SortedMap<LocalDate, Duration> days = new TreeMap<>();

	private ReadingTimeAccumulator(StatisticsPeriod span) {
		this.period = span;
	}

	/**
	 * The days on which something was read, with how long that took.
	 * @param times in any order; those of one reading may touch but not overlap
	 */
	static SortedMap<LocalDate, Duration> accumulate(StatisticsPeriod span, List<ReadingTime> times) {
		ReadingTimeAccumulator tally = new ReadingTimeAccumulator(span);
		Map<String, Instant> lastOf = new HashMap<>();
		times.stream().sorted(Comparator.comparing(ReadingTime::first)).forEach((time) -> {
			Instant before = lastOf.put(time.reading(), time.last());
			if (before != null && Duration.between(before, time.first()).compareTo(MAX_GAP) <= 0) {
				tally.addInterval(before, time.first());
			}
			tally.addReport(time.first());
			tally.addInterval(time.first(), time.last());
			tally.addReport(time.last());
		});
		return tally.days;
	}

	/** There was a report: the day counts however short it was. */
	private void addReport(Instant at) {
		if (this.period.contains(at)) {
			this.days.merge(this.period.day(at), Duration.ZERO, Duration::plus);
		}
	}

	/** Each day gets its part. */
	private void addInterval(Instant begin, Instant end) {
		Instant at = this.period.clamp(begin);
		Instant last = this.period.clamp(end);
		while (at.isBefore(last)) {
			LocalDate day = this.period.day(at);
			Instant midnight = this.period.endOf(day);
			Instant until = midnight.isBefore(last) ? midnight : last;
			this.days.merge(day, Duration.between(at, until), Duration::plus);
			at = until;
		}
	}

}
