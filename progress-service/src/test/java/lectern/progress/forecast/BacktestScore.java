package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.progress.forecast.Forecast.Expected;

/** How the forecasts about some readers turned out. */
final class BacktestScore {

	private static final double DAY = Duration.ofDays(1).toMillis();

	private final List<Double> errors = new ArrayList<>();

	private final List<Double> baselineErrors = new ArrayList<>();

	private final List<Double> widths = new ArrayList<>();

	private int insideInterval;

	private int beforeInterval;

	private int unboundedIntervals;

	private int withoutForecast;

	private int stopped;

	private int missedStops;

	void recordWithoutForecast() {
		this.withoutForecast++;
	}

	/** Somebody never finished: whether it was said that they had stopped. */
	void recordUnfinished(boolean said) {
		if (said) {
			this.stopped++;
		}
		else {
			this.missedStops++;
		}
	}

	void record(Expected forecast, Instant average, Instant now, Instant finished) {
		this.errors.add(days(forecast.expected(), finished));
		this.baselineErrors.add(days(average, finished));
		boolean tooEarly = finished.isBefore(forecast.earliest());
		boolean tooLate = forecast.latest() != null && finished.isAfter(forecast.latest());
		this.beforeInterval += tooEarly ? 1 : 0;
		this.insideInterval += (tooEarly || tooLate) ? 0 : 1;
		this.unboundedIntervals += (forecast.latest() == null) ? 1 : 0;
		this.widths.add((forecast.latest() == null) ? Double.POSITIVE_INFINITY
				: days(forecast.earliest(), forecast.latest()) / days(now, finished));
	}

	/** Take all that another has taken. */
	void add(BacktestScore other) {
		this.errors.addAll(other.errors);
		this.baselineErrors.addAll(other.baselineErrors);
		this.widths.addAll(other.widths);
		this.insideInterval += other.insideInterval;
		this.beforeInterval += other.beforeInterval;
		this.unboundedIntervals += other.unboundedIntervals;
		this.withoutForecast += other.withoutForecast;
		this.stopped += other.stopped;
		this.missedStops += other.missedStops;
	}

	private static double days(Instant one, Instant other) {
		return Math.abs(Duration.between(one, other).toMillis()) / DAY;
	}

	/** The share of finishes that came in the range. */
	double insideInterval() {
		return (double) this.insideInterval / count();
	}

	/** The share that came before it. */
	double beforeInterval() {
		return (double) this.beforeInterval / count();
	}

	/** Forecasts that gave an expectation, of readings that were finished. */
	int count() {
		return this.errors.size();
	}

	/** The share of ranges without an end. */
	double unboundedIntervals() {
		return (double) this.unboundedIntervals / count();
	}

	/** Median days between expectation and finish. */
	double medianError() {
		return median(this.errors);
	}

	/** The same of what the same average pace would have led to. */
	double baselineMedianError() {
		return median(this.baselineErrors);
	}

	/** Median width of the range, in parts of the time that was left. */
	double medianRelativeWidth() {
		return median(this.widths);
	}

	/** With a tab between any two, in the order that the bench reads them in. */
	@Override
	public String toString() {
		return Stream
			.of(count(), this.withoutForecast, insideInterval(), beforeInterval(), unboundedIntervals(), medianError(),
					baselineMedianError(), medianRelativeWidth(), this.stopped, this.stopped + this.missedStops)
			.map(Object::toString)
			.collect(Collectors.joining("\t"));
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
	}

}
