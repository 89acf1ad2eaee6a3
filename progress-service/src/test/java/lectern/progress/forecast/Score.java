package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.progress.forecast.Forecast.Expected;

/** How the forecasts about some readers turned out. */
final class Score {

	private static final double DAY = Duration.ofDays(1).toMillis();

	private final List<Double> errors = new ArrayList<>();

	private final List<Double> errorsOfAverage = new ArrayList<>();

	private final List<Double> widths = new ArrayList<>();

	private int inside;

	private int early;

	private int open;

	private int untold;

	private int stopped;

	private int goneOn;

	void takeUntold() {
		this.untold++;
	}

	/** Somebody never finished: whether it was said that they had stopped. */
	void takeUnfinished(boolean said) {
		if (said) {
			this.stopped++;
		}
		else {
			this.goneOn++;
		}
	}

	void take(Expected forecast, Instant average, Instant now, Instant finished) {
		this.errors.add(days(forecast.expected(), finished));
		this.errorsOfAverage.add(days(average, finished));
		boolean tooEarly = finished.isBefore(forecast.earliest());
		boolean tooLate = forecast.latest() != null && finished.isAfter(forecast.latest());
		this.early += tooEarly ? 1 : 0;
		this.inside += (tooEarly || tooLate) ? 0 : 1;
		this.open += (forecast.latest() == null) ? 1 : 0;
		this.widths.add((forecast.latest() == null) ? Double.POSITIVE_INFINITY
				: days(forecast.earliest(), forecast.latest()) / days(now, finished));
	}

	/** Take all that another has taken. */
	void add(Score other) {
		this.errors.addAll(other.errors);
		this.errorsOfAverage.addAll(other.errorsOfAverage);
		this.widths.addAll(other.widths);
		this.inside += other.inside;
		this.early += other.early;
		this.open += other.open;
		this.untold += other.untold;
		this.stopped += other.stopped;
		this.goneOn += other.goneOn;
	}

	private static double days(Instant one, Instant other) {
		return Math.abs(Duration.between(one, other).toMillis()) / DAY;
	}

	/** The share of finishes that came in the range. */
	double inside() {
		return (double) this.inside / told();
	}

	/** The share that came before it. */
	double early() {
		return (double) this.early / told();
	}

	/** Forecasts that gave an expectation, of readings that were finished. */
	int told() {
		return this.errors.size();
	}

	/** The share of ranges without an end. */
	double open() {
		return (double) this.open / told();
	}

	/** Median days between expectation and finish. */
	double error() {
		return median(this.errors);
	}

	/** The same of what the same average pace would have led to. */
	double errorOfAverage() {
		return median(this.errorsOfAverage);
	}

	/** Median width of the range, in parts of the time that was left. */
	double width() {
		return median(this.widths);
	}

	/** With a tab between any two, in the order that the bench reads them in. */
	@Override
	public String toString() {
		return Stream
			.of(told(), this.untold, inside(), early(), open(), error(), errorOfAverage(), width(), this.stopped,
					this.stopped + this.goneOn)
			.map(Object::toString)
			.collect(Collectors.joining("\t"));
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
	}

}
