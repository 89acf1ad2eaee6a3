package lectern.progress.forecast;

import org.jspecify.annotations.Nullable;

/**
 * The distribution of the number of days until the rest of a book is read. The progress
 * after t days is {@code mean * t}, with an error of Student's t times the square root of
 * {@code variance * (t + t * t / days)}: the first term is the variation between days,
 * the second the error of the mean. The bounds are the times at which that progress
 * reaches the rest of the book, the solutions of a quadratic equation, as in Fieller's
 * theorem on the ratio of two means.
 *
 * @param pace the estimated pace
 * @param remaining the rest of the book, from 0 to 1
 */
record CompletionDistribution(Pace pace, double remaining) {

	/** The median, in days. */
	double median() {
		return this.remaining / this.pace.mean();
	}

	/**
	 * The lower bound in days: the probability of an earlier end is that of a t beyond
	 * the quantile.
	 */
	double lowerBound(double quantile) {
		double noise = scaledVariance(quantile);
		double linear = linearCoefficient(noise);
		return 2 * this.remaining * this.remaining / (linear + discriminantRoot(noise, linear));
	}

	/** The upper bound in days; null if a pace of zero is within the error. */
	@Nullable Double upperBound(double quantile) {
		double noise = scaledVariance(quantile);
		double linear = linearCoefficient(noise);
		double square = quadraticCoefficient(noise);
		return (square > 0) ? (linear + discriminantRoot(noise, linear)) / (2 * square) : null;
	}

	/** The probability that the book is finished within a number of days. */
	double cumulativeProbability(double days) {
		if (days <= 0) {
			return 0;
		}
		double deviation = Math.sqrt(this.pace.variance() * (days + days * days / this.pace.days()));
		return StudentT.cumulativeProbability((this.pace.mean() * days - this.remaining) / deviation,
				this.pace.degreesOfFreedom());
	}

	private double scaledVariance(double quantile) {
		return quantile * quantile * this.pace.variance();
	}

	private double quadraticCoefficient(double noise) {
		return this.pace.mean() * this.pace.mean() - noise / this.pace.days();
	}

	private double linearCoefficient(double noise) {
		return 2 * this.pace.mean() * this.remaining + noise;
	}

	private double discriminantRoot(double noise, double linear) {
		return Math.sqrt(linear * linear - 4 * quadraticCoefficient(noise) * this.remaining * this.remaining);
	}

}
