package lectern.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;

/**
 * The forecast of finishes, asked about readers whose finish is known. Services share no
 * classes with the bench, so the back-test stands among the tests of the progress service
 * and is run from there.
 */
final class ForecastScenario implements Scenario {

	private static final String BACK_TEST_CLASS = "lectern.progress.forecast.ForecastBacktest";

	/** Of each habit. */
	private static final int READERS_PER_PROFILE = 250;

	/** None of those that the forecast was developed on. */
	private static final int FIRST_SEED = 9_000_000;

	/** In points of a hundred. */
	private static final double TOLERANCE_PERCENT = 10;

	private static final String ALL_READERS = "all";

	@Override
	public String name() {
		return "forecast";
	}

	@Override
	public String description() {
		return "forecasts of finishes beside those of generated readers; runs no Lectern";
	}

	@Override
	public boolean runsWithoutTarget() {
		return true;
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		List<ResultLine> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add("%d generated readers of each habit, asked within a day of 25, 50 and 75 %% of the book; "
			.formatted(READERS_PER_PROFILE)
				+ "the reference is the same average pace as since the start; widths are in parts of the time that was left");
		double claimed = Double.NaN;
		for (String line : runBackTest(peers.settings().root())) {
			String[] words = line.split("\t");
			switch (words[0]) {
				case "range" -> claimed = Double.parseDouble(words[1]) * 100;
				case "nanoseconds" -> notes
					.add("a forecast from 10,000 reports takes %.0f µs".formatted(Double.parseDouble(words[1]) / 1e3));
				default -> addResults(ForecastAccuracy.parse(words), claimed, results, notes);
			}
		}
		return new ScenarioResult(results, notes);
	}

	private static List<String> runBackTest(Path root) throws IOException {
		Path built = root.resolve("progress-service/target");
		if (!Files.isDirectory(built.resolve("test-classes"))) {
			throw new IOException("its tests are not built; mvn -DskipTests package builds them");
		}
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				built.resolve("classes") + ":" + built.resolve("test-classes"), BACK_TEST_CLASS,
				Integer.toString(READERS_PER_PROFILE), Integer.toString(FIRST_SEED))
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().readAllLines();
		if (lines.isEmpty() || !lines.getFirst().startsWith("range")) {
			throw new IOException("the back-test said " + lines);
		}
		return lines;
	}

	private static void addResults(ForecastAccuracy turnout, double claimed, List<ResultLine> results,
			List<String> notes) {
		String work = "forecast, " + turnout.readers() + ": ";
		String error = work + "median error";
		results.add(ResultLine.within(work + "finishes inside the range of %.0f %%".formatted(claimed), "%",
				turnout.insideShare() * 100, claimed, TOLERANCE_PERCENT));
		results.add(turnout.readers().equals(ALL_READERS)
				? ResultLine.ratio(error, "days", turnout.medianError(), turnout.medianErrorOfReference(), 1)
				: ResultLine.withoutBudget(error, "days", turnout.medianError(), turnout.medianErrorOfReference()));
		results
			.add(ResultLine.withoutBudget(work + "median width of the range", "", turnout.medianWidth(), Double.NaN));
		notes.add(turnout.note());
	}

	/**
	 * How the forecasts about some readers turned out, as the back-test prints it: shares
	 * of the told, errors in days, the width in parts of the time that was left.
	 */
	private record ForecastAccuracy(String readers, int forecasts, int withoutForecast, double insideShare,
			double beforeShare, double openEndedShare, double medianError, double medianErrorOfReference,
			double medianWidth, int reportedStopped, int unfinished) {

		static ForecastAccuracy parse(String[] words) {
			return new ForecastAccuracy(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]),
					parseNumber(words[3]), parseNumber(words[4]), parseNumber(words[5]), parseNumber(words[6]),
					parseNumber(words[7]), parseNumber(words[8]), Integer.parseInt(words[9]),
					Integer.parseInt(words[10]));
		}

		private static double parseNumber(String word) {
			return Double.parseDouble(word);
		}

		String note() {
			String note = "%s: %,d forecasts, %d times too little to tell; %.0f %% came before the range and %.0f %% after it; %.0f %% of the ranges have no end"
				.formatted(this.readers, this.forecasts, this.withoutForecast, this.beforeShare * 100,
						(1 - this.beforeShare - this.insideShare) * 100, this.openEndedShare * 100);
			return (this.unfinished == 0) ? note
					: note + "; of %d who never finished, %d are told 90 days later to have stopped"
						.formatted(this.unfinished, this.reportedStopped);
		}

	}

}
