package lectern.progress.forecast;

import org.jspecify.annotations.Nullable;

/**
 * When what is left of a book will have been read, in days. After t of them as much is
 * read as {@code mean * t}, give or take Student's t times the root of
 * {@code variance * (t + t * t / days)}: what days differ by, and what the mean may be
 * wrong by. The book ends when that reaches what is left, which is a quadratic equation,
 * as in Fieller's theorem on the ratio of two means.
 */
record Passage(Pace pace, double left) {

	/** As likely later as earlier. */
	double middle() {
		return this.left / this.pace.mean();
	}

	/** Before it the end comes with the probability that t is beyond the quantile. */
	double earliest(double quantile) {
		double noise = noise(quantile);
		double linear = linear(noise);
		return 2 * this.left * this.left / (linear + root(noise, linear));
	}

	/** Null if the pace may as well be none. */
	@Nullable Double latest(double quantile) {
		double noise = noise(quantile);
		double linear = linear(noise);
		double square = square(noise);
		return (square > 0) ? (linear + root(noise, linear)) / (2 * square) : null;
	}

	/** The probability that the end has come after so many days. */
	double probability(double days) {
		if (days <= 0) {
			return 0;
		}
		double deviation = Math.sqrt(this.pace.variance() * (days + days * days / this.pace.days()));
		return StudentT.below((this.pace.mean() * days - this.left) / deviation, this.pace.degrees());
	}

	private double noise(double quantile) {
		return quantile * quantile * this.pace.variance();
	}

	private double square(double noise) {
		return this.pace.mean() * this.pace.mean() - noise / this.pace.days();
	}

	private double linear(double noise) {
		return 2 * this.pace.mean() * this.left + noise;
	}

	private double root(double noise, double linear) {
		return Math.sqrt(linear * linear - 4 * square(noise) * this.left * this.left);
	}

}
