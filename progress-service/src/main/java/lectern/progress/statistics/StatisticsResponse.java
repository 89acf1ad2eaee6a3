package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The JSON form of statistics.
 *
 * @param from the first instant of the period
 * @param to the first instant after the period
 * @param zone the time zone that defines the days
 * @param daysRead the number of days with reading
 * @param minutes whole minutes of reading: the sum of the gaps of at most ten minutes
 * between reports of one reading
 * @param streak consecutive days with reading up to the last day, also if they began
 * before the period
 * @param longestStreak the highest number of consecutive days with reading, in the period
 * or up to its last day
 * @param finished the number of readings finished in the period and not reopened since
 * @param days the days with reading, the earliest first
 */
record StatisticsResponse(Instant from, Instant to, String zone, int daysRead, long minutes, int streak,
		int longestStreak, int finished, List<DayStatistics> days) {

	/**
	 * Create the statistics of a period.
	 * @param days the days with reading in the period, with the reading time of each
	 * @param streakDays the same days, and before the period those that the current
	 * streak needs
	 */
	static StatisticsResponse of(StatisticsPeriod period, SortedMap<LocalDate, Duration> days,
			SortedSet<LocalDate> streakDays, List<Instant> finishes) {
		Streaks streaks = Streaks.of(new TreeSet<>(days.keySet()), streakDays, period.lastDay());
		Duration total = days.values().stream().reduce(Duration.ZERO, Duration::plus);
		int finished = (int) finishes.stream().filter(period::contains).count();
		return new StatisticsResponse(period.from(), period.to(), period.zone().getId(), days.size(), total.toMinutes(),
				streaks.current(), streaks.longest(), finished,
				days.entrySet()
					.stream()
					.map((day) -> new DayStatistics(day.getKey(), day.getValue().toMinutes()))
					.toList());
	}

	/**
	 * A day with reading.
	 *
	 * @param minutes whole minutes of reading
	 */
	record DayStatistics(LocalDate date, long minutes) {

	}

}
