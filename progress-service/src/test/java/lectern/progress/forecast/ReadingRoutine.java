package lectern.progress.forecast;

import java.util.Random;

/** Tells how long a reader reads on each day, one day after the other. */
@FunctionalInterface
interface ReadingRoutine {

	/**
	 * Minutes of reading on the next day.
	 * @param day how many days it is since the reader began with the book
	 * @param weekday 0 for a Monday
	 * @param fraction how much of the book has been read
	 */
	double minutes(int day, int weekday, double fraction);

	/** Somebody of a habit, unlike others of the same. */
	static ReadingRoutine of(ReadingPattern habit, Random random) {
		return switch (habit) {
			case STEADY -> steady(random);
			case WEEKENDS -> weekends(random);
			case BURSTS -> bursts(random);
			case STOPPING -> new InterruptedRoutine(random.nextBoolean() ? steady(random) : weekends(random), random);
		};
	}

	private static ReadingRoutine steady(Random random) {
		double chance = uniform(random, 0.7, 0.97);
		double usual = uniform(random, 20, 70);
		return (_, _, _) -> (random.nextDouble() < chance) ? logNormal(random, usual, 0.4) : 0;
	}

	private static ReadingRoutine weekends(Random random) {
		double weekend = uniform(random, 0.75, 0.97);
		double between = uniform(random, 0.02, 0.15);
		double usual = uniform(random, 50, 180);
		return (_, weekday, _) -> (weekday >= 5) ? (random.nextDouble() < weekend) ? logNormal(random, usual, 0.5) : 0
				: (random.nextDouble() < between) ? logNormal(random, 20, 0.4) : 0;
	}

	private static ReadingRoutine bursts(Random random) {
		double burst = uniform(random, 2, 7);
		double gap = uniform(random, 6, 20);
		double usual = uniform(random, 50, 150);
		int[] left = new int[2];
		return (_, _, _) -> {
			if (left[0] == 0 && left[1] == 0) {
				left[0] = (int) Math.ceil(logNormal(random, burst, 0.4));
				left[1] = (int) Math.ceil(logNormal(random, gap, 0.6));
			}
			if (left[0] > 0) {
				left[0]--;
				return logNormal(random, usual, 0.5);
			}
			left[1]--;
			return 0;
		};
	}

	/** Uniformly distributed. */
	static double uniform(Random random, double low, double high) {
		return low + random.nextDouble() * (high - low);
	}

	/** Log-normally distributed about a median. */
	static double logNormal(Random random, double median, double deviation) {
		return median * Math.exp(random.nextGaussian() * deviation);
	}

}
