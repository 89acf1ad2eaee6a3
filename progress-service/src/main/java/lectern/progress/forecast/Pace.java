package lectern.progress.forecast;

/**
 * How fast somebody reads and how evenly, by batch means: the past is cut into a few
 * batches of the same length, and what they differ by tells how much any longer time may
 * differ. Days that depend on each other, as those of a burst or a week do, are in one
 * batch, where that does no harm.
 *
 * @param mean how much of the book in a day
 * @param variance of what is read, for each such day
 * @param days on how many such days the mean rests
 * @param degreesOfFreedom of freedom of the variance
 */
record Pace(double mean, double variance, double days, int degreesOfFreedom) {

	private static final int WEEK = 7;

	/** Few enough that a batch is longer than a burst, if there is time. */
	private static final int MAX_BATCHES = 8;

	/** Before there are whole weeks to be compared. */
	private static final int EARLY_BATCHES = 4;

	private static final int EARLY_DAYS = 3 * WEEK;

	/**
	 * The deviation of a week's reading, in parts of its mean, of a reader of whom
	 * nothing is known. It weighs as much as one batch, so that two points have a range,
	 * and who has been even so far may yet be uneven.
	 */
	private static final double PRIOR_DEVIATION = 0.65;

	/**
	 * The pace of a reader.
	 * @param exposure how much each of the days counts
	 */
	static Pace of(DailyProgress days, double[] exposure) {
		int batches = batches(days);
		int size = days.count() / batches;
		if (size > WEEK) {
			size -= size % WEEK;
		}
		double[] read = new double[batches];
		double[] length = new double[batches];
		for (int day = 0; day < days.count(); day++) {
			int batch = Math.min(batches - 1, day / size);
			read[batch] += days.progress()[day];
			length[batch] += exposure[day];
		}
		return of(read, length);
	}

	/** Not more than there are days of reading: between two of them nothing is known. */
	private static int batches(DailyProgress days) {
		int whole = (days.count() < EARLY_DAYS) ? EARLY_BATCHES : Math.min(MAX_BATCHES, days.count() / WEEK);
		return Math.clamp(days.activeDays(), 1, Math.min(whole, days.count()));
	}

	private static Pace of(double[] read, double[] length) {
		double allRead = 0;
		double allLength = 0;
		for (int i = 0; i < read.length; i++) {
			allRead += read[i];
			allLength += length[i];
		}
		double mean = allRead / allLength;
		double squares = PRIOR_DEVIATION * PRIOR_DEVIATION * mean * mean * WEEK;
		int degrees = 0;
		for (int i = 0; i < read.length; i++) {
			if (length[i] > 0) {
				double deviation = read[i] - mean * length[i];
				squares += deviation * deviation / length[i];
				degrees++;
			}
		}
		return new Pace(mean, squares / degrees, allLength, degrees);
	}

}
