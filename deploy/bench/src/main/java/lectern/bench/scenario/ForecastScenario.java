package lectern.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.machine.Machine;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;

/**
 * The accuracy of forecasts for generated readers whose finish is known. The bench shares
 * no classes with the services, so the backtest is among the tests of progress-service
 * and runs in a process of its own.
 */
final class ForecastScenario implements Scenario {

	private static final String BACK_TEST_CLASS = "lectern.progress.forecast.ForecastBacktest";

	private static final int READERS_PER_PATTERN = 250;

	/** None of these readers was used to develop the forecast. */
	private static final int FIRST_SEED = 9_000_000;

	/** In percentage points. */
	private static final double TOLERANCE_PERCENT = 10;

	private static final String ALL_READERS = "all";

	@Override
	public String name() {
		return "forecast";
	}

	@Override
	public String description() {
		return "accuracy of forecasts for generated readers; starts no Lectern";
	}

	@Override
	public boolean runsWithoutTarget() {
		return true;
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		List<ResultLine> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add("%d generated readers per pattern; forecasts within a day after 25, 50 and 75 %% of the book; "
			.formatted(READERS_PER_PATTERN)
				+ "the reference assumes the average pace since the start; widths are relative to the remaining time");
		double coverage = Double.NaN;
		for (String line : runBackTest(targets.settings().root())) {
			String[] words = line.split("\t");
			switch (words[0]) {
				case "range" -> coverage = Double.parseDouble(words[1]) * 100;
				case "nanoseconds" -> notes
					.add("a forecast from 10,000 reports takes %.0f µs".formatted(Double.parseDouble(words[1]) / 1e3));
				default -> addResults(ForecastAccuracy.parse(words), coverage, results, notes);
			}
		}
		return new ScenarioResult(results, notes);
	}

	private static List<String> runBackTest(Path root) throws IOException {
		Path built = root.resolve("progress-service/target");
		if (!Files.isDirectory(built.resolve("test-classes"))) {
			throw new IOException("the tests of progress-service are not built: run mvn -DskipTests package");
		}
		Process process = new ProcessBuilder(Machine.jdkTool("java"), "-cp",
				built.resolve("classes") + ":" + built.resolve("test-classes"), BACK_TEST_CLASS,
				Integer.toString(READERS_PER_PATTERN), Integer.toString(FIRST_SEED))
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().readAllLines();
		if (lines.isEmpty() || !lines.getFirst().startsWith("range")) {
			throw new IOException("the backtest printed " + lines);
		}
		return lines;
	}

	private static void addResults(ForecastAccuracy accuracy, double coverage, List<ResultLine> results,
			List<String> notes) {
		String work = "forecast, " + accuracy.readers() + ": ";
		String error = work + "median error";
		results.add(ResultLine.within(work + "finishes inside the %.0f %% interval".formatted(coverage), "%",
				accuracy.insideShare() * 100, coverage, TOLERANCE_PERCENT));
		results.add(accuracy.readers().equals(ALL_READERS)
				? ResultLine.ratio(error, "days", accuracy.medianError(), accuracy.medianErrorOfReference(), 1)
				: ResultLine.withoutBudget(error, "days", accuracy.medianError(), accuracy.medianErrorOfReference()));
		results.add(ResultLine.withoutBudget(work + "median width of the interval", "", accuracy.medianWidth(),
				Double.NaN));
		notes.add(accuracy.note());
	}

	/**
	 * The accuracy of the forecasts for one group of readers, as the backtest prints it:
	 * shares of the forecasts, errors in days, widths relative to the remaining time.
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
			String note = "%s: %,d forecasts, %d times too few data; %.0f %% of the finishes were before the interval and %.0f %% after it; %.0f %% of the intervals have no end"
				.formatted(this.readers, this.forecasts, this.withoutForecast, this.beforeShare * 100,
						(1 - this.beforeShare - this.insideShare) * 100, this.openEndedShare * 100);
			return (this.unfinished == 0) ? note
					: note + "; of %d readers who never finished, %d are reported as stopped 90 days later"
						.formatted(this.unfinished, this.reportedStopped);
		}

	}

}
