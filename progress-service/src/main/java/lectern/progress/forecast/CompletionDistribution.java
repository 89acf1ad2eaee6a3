package lectern.progress.forecast;

import org.jspecify.annotations.Nullable;

/**
 * When what is left of a book will have been read, in days. After t of them as much is
 * read as {@code mean * t}, give or take Student's t times the root of
 * {@code variance * (t + t * t / days)}: what days differ by, and what the mean may be
 * wrong by. The book ends when that reaches what is left, which is a quadratic equation,
 * as in Fieller's theorem on the ratio of two means.
 */
record CompletionDistribution(Pace pace, double remaining) {

	/** As likely later as earlier. */
	double median() {
		return this.remaining / this.pace.mean();
	}

	/** Before it the end comes with the probability that t is beyond the quantile. */
	double lowerBound(double quantile) {
		double noise = scaledVariance(quantile);
		double linear = linearCoefficient(noise);
		return 2 * this.remaining * this.remaining / (linear + discriminantRoot(noise, linear));
	}

	/** Null if the pace may as well be none. */
	@Nullable Double upperBound(double quantile) {
		double noise = scaledVariance(quantile);
		double linear = linearCoefficient(noise);
		double square = quadraticCoefficient(noise);
		return (square > 0) ? (linear + discriminantRoot(noise, linear)) / (2 * square) : null;
	}

	/** The probability that the end has come after so many days. */
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
