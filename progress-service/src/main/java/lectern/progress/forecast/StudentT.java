package lectern.progress.forecast;

/** Student's t distribution for integer degrees of freedom. */
final class StudentT {

	/** Greater than the quantile of every probability in use. */
	private static final double MAX_QUANTILE = 1e4;

	/** Enough for the bisection to reach the precision of a double. */
	private static final int ITERATIONS = 60;

	private StudentT() {
	}

	/**
	 * The probability of a value below the given one.
	 * @see <a href="https://personal.math.ubc.ca/~cbm/aands/page_948.htm">Abramowitz and
	 * Stegun, 26.7.3 and 26.7.4</a>
	 */
	static double cumulativeProbability(double value, int degrees) {
		double angle = Math.atan(value / Math.sqrt(degrees));
		double cosine = Math.cos(angle);
		double sine = Math.sin(angle);
		boolean odd = degrees % 2 == 1;
		double term = odd ? cosine : 1;
		double sum = (degrees == 1) ? 0 : term;
		for (int i = odd ? 3 : 2; i <= degrees - 2; i += 2) {
			term *= cosine * cosine * (i - 1) / i;
			sum += term;
		}
		double between = odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
		return (1 + between) / 2;
	}

	/** The quantile of a probability above 0.5, by bisection. */
	static double quantile(double probability, int degrees) {
		double low = 0;
		double high = MAX_QUANTILE;
		for (int i = 0; i < ITERATIONS; i++) {
			double middle = (low + high) / 2;
			if (cumulativeProbability(middle, degrees) < probability) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		return high;
	}

}
