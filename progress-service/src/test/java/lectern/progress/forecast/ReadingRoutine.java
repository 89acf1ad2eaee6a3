package lectern.progress.forecast;

import java.util.Random;

/** The reading time of a reader on each day, requested day by day. */
@FunctionalInterface
interface ReadingRoutine {

	/**
	 * The minutes of reading on the next day.
	 * @param day the number of days since the start of the reading
	 * @param weekday the day of the week, 0 for Monday
	 * @param fraction the fraction of the book that has been read
	 */
	double minutes(int day, int weekday, double fraction);

	/** A random reader with a pattern. */
	static ReadingRoutine of(ReadingPattern pattern, Random random) {
		return switch (pattern) {
			case STEADY -> steady(random);
			case WEEKENDS -> weekends(random);
			case BURSTS -> bursts(random);
			case STOPPING -> new InterruptedRoutine(random.nextBoolean() ? steady(random) : weekends(random), random);
		};
	}

	private static ReadingRoutine steady(Random random) {
		double probability = uniform(random, 0.7, 0.97);
		double medianMinutes = uniform(random, 20, 70);
		return (_, _, _) -> (random.nextDouble() < probability) ? logNormal(random, medianMinutes, 0.4) : 0;
	}

	private static ReadingRoutine weekends(Random random) {
		double weekendProbability = uniform(random, 0.75, 0.97);
		double weekdayProbability = uniform(random, 0.02, 0.15);
		double medianMinutes = uniform(random, 50, 180);
		return (_, weekday, _) -> (weekday >= 5)
				? (random.nextDouble() < weekendProbability) ? logNormal(random, medianMinutes, 0.5) : 0
				: (random.nextDouble() < weekdayProbability) ? logNormal(random, 20, 0.4) : 0;
	}

	private static ReadingRoutine bursts(Random random) {
		double medianBurstDays = uniform(random, 2, 7);
		double medianGapDays = uniform(random, 6, 20);
		double medianMinutes = uniform(random, 50, 150);
		int[] remaining = new int[2];
		return (_, _, _) -> {
			if (remaining[0] == 0 && remaining[1] == 0) {
				remaining[0] = (int) Math.ceil(logNormal(random, medianBurstDays, 0.4));
				remaining[1] = (int) Math.ceil(logNormal(random, medianGapDays, 0.6));
			}
			if (remaining[0] > 0) {
				remaining[0]--;
				return logNormal(random, medianMinutes, 0.5);
			}
			remaining[1]--;
			return 0;
		};
	}

	/** A uniformly distributed value. */
	static double uniform(Random random, double low, double high) {
		return low + random.nextDouble() * (high - low);
	}

	/** A log-normally distributed value with a median. */
	static double logNormal(Random random, double median, double deviation) {
		return median * Math.exp(random.nextGaussian() * deviation);
	}

}
