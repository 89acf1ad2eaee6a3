package lectern.progress.forecast;

/**
 * The mean and the variance of a reader's daily progress, by the method of batch means:
 * the past is cut into a few batches of the same length, and the variance between the
 * batches estimates the variance of any longer period. Days that are correlated, such as
 * those of a burst or of a week, are in one batch and do not distort the variance.
 *
 * @param mean the progress per day as a fraction of the book
 * @param variance the variance of the progress, per day
 * @param days the number of weighted days that the mean is computed from
 * @param degreesOfFreedom the degrees of freedom of the variance
 */
record Pace(double mean, double variance, double days, int degreesOfFreedom) {

	private static final int WEEK = 7;

	/** Few enough that a batch is longer than a burst, if the period is long enough. */
	private static final int MAX_BATCHES = 8;

	/** The number of batches while the period is too short to compare whole weeks. */
	private static final int EARLY_BATCHES = 4;

	private static final int EARLY_DAYS = 3 * WEEK;

	/**
	 * The prior standard deviation of a week's progress, relative to its mean. It weighs
	 * as much as one batch, so that two samples already give an interval, and so that a
	 * reader who has been even so far may still become uneven.
	 */
	private static final double PRIOR_DEVIATION = 0.65;

	/**
	 * Estimate the pace of a reader.
	 * @param weights the weight of each day
	 */
	static Pace of(DailyProgress days, double[] weights) {
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
			length[batch] += weights[day];
		}
		return of(read, length);
	}

	/** At most the number of days with reading, since other days carry no information. */
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
