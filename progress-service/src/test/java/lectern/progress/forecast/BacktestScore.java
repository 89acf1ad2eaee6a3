package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.progress.forecast.Forecast.Expected;

/** The accuracy of the forecasts for some readers. */
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

	/** Record a reading that was never finished, and whether the forecast said so. */
	void recordUnfinished(boolean forecastStopped) {
		if (forecastStopped) {
			this.stopped++;
		}
		else {
			this.missedStops++;
		}
	}

	void record(Expected forecast, Instant baseline, Instant now, Instant finished) {
		this.errors.add(days(forecast.expected(), finished));
		this.baselineErrors.add(days(baseline, finished));
		boolean tooEarly = finished.isBefore(forecast.earliest());
		boolean tooLate = forecast.latest() != null && finished.isAfter(forecast.latest());
		this.beforeInterval += tooEarly ? 1 : 0;
		this.insideInterval += (tooEarly || tooLate) ? 0 : 1;
		this.unboundedIntervals += (forecast.latest() == null) ? 1 : 0;
		this.widths.add((forecast.latest() == null) ? Double.POSITIVE_INFINITY
				: days(forecast.earliest(), forecast.latest()) / days(now, finished));
	}

	/** Add the records of another score. */
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

	/** The share of finishes inside the prediction interval. */
	double insideInterval() {
		return (double) this.insideInterval / count();
	}

	/** The share of finishes before the prediction interval. */
	double beforeInterval() {
		return (double) this.beforeInterval / count();
	}

	/** The number of forecasts with an expected finish, for finished readings. */
	int count() {
		return this.errors.size();
	}

	/** The share of prediction intervals without an upper bound. */
	double unboundedIntervals() {
		return (double) this.unboundedIntervals / count();
	}

	/** The median error of the expected finish, in days. */
	double medianError() {
		return median(this.errors);
	}

	/** The median error of the baseline, a constant average pace, in days. */
	double baselineMedianError() {
		return median(this.baselineErrors);
	}

	/** The median width of the interval, relative to the time until the finish. */
	double medianRelativeWidth() {
		return median(this.widths);
	}

	/** The values separated by tabs, in the order in which the bench reads them. */
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
