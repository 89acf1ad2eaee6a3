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
 * Adds up the reading time of each day. The time between two reports of one reading
 * counts if it is at most ten minutes; a longer gap counts as a break.
 */
final class ReadingTimeAccumulator {

	static final Duration MAX_GAP = Duration.ofMinutes(10);

	private final StatisticsPeriod period;

	private final SortedMap<LocalDate, Duration> days = new TreeMap<>();

	private ReadingTimeAccumulator(StatisticsPeriod period) {
		this.period = period;
	}

	/**
	 * Compute the days with reading and the reading time of each.
	 * @param times in any order; those of one reading may touch but not overlap
	 */
	static SortedMap<LocalDate, Duration> accumulate(StatisticsPeriod period, List<ReadingTime> times) {
		ReadingTimeAccumulator accumulator = new ReadingTimeAccumulator(period);
		Map<String, Instant> lastByReading = new HashMap<>();
		times.stream().sorted(Comparator.comparing(ReadingTime::first)).forEach((time) -> {
			Instant previous = lastByReading.put(time.reading(), time.last());
			if (previous != null && Duration.between(previous, time.first()).compareTo(MAX_GAP) <= 0) {
				accumulator.addInterval(previous, time.first());
			}
			accumulator.addReport(time.first());
			accumulator.addInterval(time.first(), time.last());
			accumulator.addReport(time.last());
		});
		return accumulator.days;
	}

	/** Count the day of a report, even without any reading time. */
	private void addReport(Instant at) {
		if (this.period.contains(at)) {
			this.days.merge(this.period.day(at), Duration.ZERO, Duration::plus);
		}
	}

	/** Add each day's part of the interval. */
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
