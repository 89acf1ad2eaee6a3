package lectern.progress.forecast;

/**
 * A reader's own week: how much each of its days counts. For who reads at weekends, five
 * days without reading are no slower than two days with it.
 *
 * @param weights of the days, 1 on average, counted back from now as {@link Days} are
 */
record Week(double[] weights) {

	static final int DAYS = 7;

	/** So many weeks must have been seen before their days can be told apart. */
	private static final int SEEN = 3;

	/** So many weeks of a reader who has no favourite day are added to what was seen. */
	private static final double EVEN = 1;

	static Week of(Days days) {
		double[] weights = new double[DAYS];
		int weeks = days.count() / DAYS;
		double read = 0;
		for (int day = 0; day < weeks * DAYS; day++) {
			if (days.isRead(day)) {
				weights[day % DAYS]++;
				read++;
			}
		}
		boolean unknown = weeks < SEEN || read == 0;
		for (int day = 0; day < DAYS; day++) {
			double usual = read / (weeks * (double) DAYS);
			weights[day] = unknown ? 1 : (weights[day] + EVEN * usual) / (usual * (weeks + EVEN));
		}
		return new Week(weights);
	}

	/** How much a past day counts. */
	double past(int day) {
		return this.weights[day % DAYS];
	}

	/** How much a day to come counts: 0 is the next 24 hours. */
	private double future(int day) {
		return this.weights[DAYS - 1 - day % DAYS];
	}

	/** How much the next days count altogether. */
	double counted(double days) {
		double sum = Math.floor(days / DAYS) * DAYS;
		double left = days - sum;
		for (int day = 0; day < left; day++) {
			sum += future(day) * Math.min(1, left - day);
		}
		return sum;
	}

	/** After how many days that much has been counted. */
	double days(double counted) {
		double days = Math.floor(counted / DAYS) * DAYS;
		double left = counted - days;
		for (int day = 0; day < DAYS; day++) {
			if (left <= future(day)) {
				return days + day + left / future(day);
			}
			left -= future(day);
		}
		return days + DAYS;
	}

}
