package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Statistics as they are shown.
 *
 * @param from the first instant that they are about
 * @param to the first instant after
 * @param zone whose days are counted
 * @param daysRead on how many days something was read
 * @param minutes whole minutes of reading: the gaps between reports of one reading, up to
 * ten minutes each
 * @param streak days in a row up to the last day
 * @param longestStreak the most days in a row
 * @param finished how many readings were finished then and not reopened since
 * @param days those on which something was read, the first first
 */
record StatisticsResponse(Instant from, Instant to, String zone, int daysRead, long minutes, int streak,
		int longestStreak, int finished, List<DayStatistics> days) {

	static StatisticsResponse of(StatisticsPeriod span, List<ReadingTime> times, List<Instant> finishes) {
		SortedMap<LocalDate, Duration> days = ReadingTimeAccumulator.accumulate(span, times);
		Streaks streaks = Streaks.of(new TreeSet<>(days.keySet()), span.lastDay());
		Duration total = days.values().stream().reduce(Duration.ZERO, Duration::plus);
		int finished = (int) finishes.stream().filter(span::contains).count();
		return new StatisticsResponse(span.from(), span.to(), span.zone().getId(), days.size(), total.toMinutes(),
				streaks.current(), streaks.longest(), finished,
				days.entrySet()
					.stream()
					.map((day) -> new DayStatistics(day.getKey(), day.getValue().toMinutes()))
					.toList());
	}

	/**
	 * A day.
	 *
	 * @param minutes whole minutes of reading
	 */
	record DayStatistics(LocalDate date, long minutes) {

	}

}
