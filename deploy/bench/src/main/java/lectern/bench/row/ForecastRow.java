package lectern.bench.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lectern.bench.forecast.BackTest;
import lectern.bench.forecast.Habit;
import lectern.bench.forecast.Score;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;
import lectern.progress.forecast.Forecaster;

/** The forecast of finishes, asked about readers whose finish is known. */
final class ForecastRow implements Row {

	/** Of each habit. */
	private static final int READERS = 250;

	/** None of those that the forecast was developed on, which are below 1,000,000. */
	private static final long FIRST_SEED = 8_000_000;

	private static final String ALL = "all";

	private static final double CLAIMED = Forecaster.PROBABILITY * 100;

	/** In points of a hundred. */
	private static final double TOLERANCE = 10;

	@Override
	public String name() {
		return "forecast";
	}

	@Override
	public String about() {
		return "forecasts of %,d generated readers beside their finishes; runs nothing".formatted(readers());
	}

	@Override
	public boolean standsAlone() {
		return true;
	}

	private static int readers() {
		return READERS * Habit.values().length;
	}

	@Override
	public Outcome measure(Peers peers, Console console) {
		Map<Habit, Score> scores = BackTest.run(READERS, FIRST_SEED);
		List<Result> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add("%,d readers, asked within a day of 25, 50 and 75 %% of the book; the reference is the same average"
			.formatted(readers()) + " pace as since the start; widths are in parts of the time that was left");
		notes.add("a forecast from 10,000 reports takes %.0f µs".formatted(BackTest.time(10_000).toNanos() / 1e3));
		Score all = new Score();
		scores.forEach((habit, score) -> {
			add(habit.word(), score, results, notes);
			all.add(score);
		});
		add(ALL, all, results, notes);
		return new Outcome(results, notes);
	}

	private static void add(String readers, Score score, List<Result> results, List<String> notes) {
		String work = "forecast, " + readers + ": ";
		results.add(Result.near(work + "finishes inside the range of %.0f %%".formatted(CLAIMED), "%",
				score.inside() * 100, CLAIMED, TOLERANCE));
		String error = work + "median error";
		results.add(readers.equals(ALL) ? Result.ratio(error, "days", score.error(), score.errorOfAverage(), 1)
				: Result.reported(error, "days", score.error(), score.errorOfAverage()));
		results.add(Result.reported(work + "median width of the range", "", score.width(), Double.NaN));
		notes.add(
				"%s: %,d forecasts, %d times too little to tell; %.0f %% came before the range and %.0f %% after it; %.0f %% of the ranges have no end"
					.formatted(readers, score.told(), score.untold(), score.early() * 100,
							(1 - score.early() - score.inside()) * 100, score.open() * 100)
						+ (score.unfinished() ? "; of those who never finished, 90 days later " + score.stopped()
								+ " are told to have stopped" : ""));
	}

}
