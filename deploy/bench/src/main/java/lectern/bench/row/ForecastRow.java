package lectern.bench.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/**
 * The forecast of finishes, asked about readers whose finish is known. Services share no
 * classes with the bench, so the back-test stands among the tests of the progress service
 * and is run from there.
 */
final class ForecastRow implements Row {

	private static final String PROGRAM = "lectern.progress.forecast.BackTest";

	/** Of each habit. */
	private static final int READERS = 250;

	/** None of those that the forecast was developed on. */
	private static final int FIRST_SEED = 9_000_000;

	/** In points of a hundred. */
	private static final double TOLERANCE = 10;

	private static final String ALL = "all";

	@Override
	public String name() {
		return "forecast";
	}

	@Override
	public String about() {
		return "forecasts of finishes beside those of generated readers; runs no Lectern";
	}

	@Override
	public boolean standsAlone() {
		return true;
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		List<Result> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add("%d generated readers of each habit, asked within a day of 25, 50 and 75 %% of the book; "
			.formatted(READERS)
				+ "the reference is the same average pace as since the start; widths are in parts of the time that was left");
		double claimed = Double.NaN;
		for (String line : lines(peers.settings().root())) {
			String[] words = line.split("\t");
			switch (words[0]) {
				case "range" -> claimed = Double.parseDouble(words[1]) * 100;
				case "nanoseconds" -> notes
					.add("a forecast from 10,000 reports takes %.0f µs".formatted(Double.parseDouble(words[1]) / 1e3));
				default -> add(Turnout.of(words), claimed, results, notes);
			}
		}
		return new Outcome(results, notes);
	}

	private static List<String> lines(Path root) throws IOException {
		Path built = root.resolve("progress-service/target");
		if (!Files.isDirectory(built.resolve("test-classes"))) {
			throw new IOException("its tests are not built; mvn -DskipTests package builds them");
		}
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				built.resolve("classes") + ":" + built.resolve("test-classes"), PROGRAM, Integer.toString(READERS),
				Integer.toString(FIRST_SEED))
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().readAllLines();
		if (lines.isEmpty() || !lines.getFirst().startsWith("range")) {
			throw new IOException("the back-test said " + lines);
		}
		return lines;
	}

	private static void add(Turnout turnout, double claimed, List<Result> results, List<String> notes) {
		String work = "forecast, " + turnout.readers() + ": ";
		String error = work + "median error";
		results.add(Result.near(work + "finishes inside the range of %.0f %%".formatted(claimed), "%",
				turnout.inside() * 100, claimed, TOLERANCE));
		results.add(turnout.readers().equals(ALL)
				? Result.ratio(error, "days", turnout.error(), turnout.errorOfAverage(), 1)
				: Result.reported(error, "days", turnout.error(), turnout.errorOfAverage()));
		results.add(Result.reported(work + "median width of the range", "", turnout.width(), Double.NaN));
		notes.add(turnout.note());
	}

	/**
	 * How the forecasts about some readers turned out, as the back-test prints it: shares
	 * of the told, errors in days, the width in parts of the time that was left.
	 */
	private record Turnout(String readers, int told, int untold, double inside, double early, double open, double error,
			double errorOfAverage, double width, int stopped, int unfinished) {

		static Turnout of(String[] words) {
			return new Turnout(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), number(words[3]),
					number(words[4]), number(words[5]), number(words[6]), number(words[7]), number(words[8]),
					Integer.parseInt(words[9]), Integer.parseInt(words[10]));
		}

		private static double number(String word) {
			return Double.parseDouble(word);
		}

		String note() {
			String note = "%s: %,d forecasts, %d times too little to tell; %.0f %% came before the range and %.0f %% after it; %.0f %% of the ranges have no end"
				.formatted(this.readers, this.told, this.untold, this.early * 100, (1 - this.early - this.inside) * 100,
						this.open * 100);
			return (this.unfinished == 0) ? note
					: note + "; of %d who never finished, %d are told 90 days later to have stopped"
						.formatted(this.unfinished, this.stopped);
		}

	}

}
