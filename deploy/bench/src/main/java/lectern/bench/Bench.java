package lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import lectern.bench.machine.Machine;
import lectern.bench.report.ResultsFile;
import lectern.bench.report.ScenarioResult;
import lectern.bench.scenario.BenchConsole;
import lectern.bench.scenario.BenchTargets;
import lectern.bench.scenario.Scenario;
import lectern.bench.targets.LecternTarget;
import lectern.bench.targets.NchanTarget;

/** Runs the bench. {@code ./lectern bench} builds what is missing and comes here. */
public final class Bench {

	private static final int STOP_SECONDS = 15;

	private Bench() {
	}

	/**
	 * Measure, print and keep the results.
	 * @param arguments the project's folder, then what {@code help} says
	 */
	public static void main(String[] arguments) throws IOException {
		Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
		List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
		if (words.contains("help") || words.contains("--help")) {
			System.out.print(BenchOptions.help());
			return;
		}
		try {
			run(root, BenchOptions.parse(root, words), System.out::println);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private static void run(Path root, BenchOptions options, BenchConsole console) throws IOException {
		if (!options.settings().includeNchan()) {
			console.printLine("nchan is left out; it needs: " + NchanTarget.INSTALL_HINT);
		}
		console.printLine(Machine.description() + "; load " + Machine.loadAverage());
		Map<Scenario, ScenarioResult> outcomes = new LinkedHashMap<>();
		List<String> about = new ArrayList<>();
		BenchTargets peers = new BenchTargets(options.settings(), console);
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(peers, ended, console), "stop"));
		try (peers) {
			for (Scenario row : options.scenarios()) {
				measure(row, peers, console, outcomes);
			}
			if (!outcomes.keySet().stream().allMatch(Scenario::runsWithoutTarget)) {
				about.addAll(describeEnvironment(peers));
			}
		}
		finally {
			ended.countDown();
		}
		if (!options.quick() && !outcomes.isEmpty()) {
			writeResults(root, outcomes, about);
		}
		if (outcomes.size() < options.scenarios().size()) {
			System.exit(1);
		}
	}

	/** One row that cannot be measured leaves the others measured. */
	private static void measure(Scenario row, BenchTargets peers, BenchConsole console,
			Map<Scenario, ScenarioResult> outcomes) throws IOException {
		console.printLine("== " + row.name() + ": " + row.description());
		try {
			ScenarioResult outcome = row.measure(peers, console);
			outcomes.put(row, outcome);
			console.printLine(ResultsFile.formatTable(outcome));
		}
		catch (IOException | IllegalStateException ex) {
			console.printLine("== " + row.name() + " could not be measured: " + ex.getMessage());
			peers.close();
		}
	}

	private static List<String> describeEnvironment(BenchTargets peers) throws IOException {
		LecternTarget lectern = peers.anyLectern();
		return List.of(Machine.description(), lectern.database().durability(),
				"reference: " + (NchanTarget.isInstalled() ? NchanTarget.version() + " with nchan" : "not installed"));
	}

	private static void writeResults(Path root, Map<Scenario, ScenarioResult> outcomes, List<String> about)
			throws IOException {
		ResultsFile file = ResultsFile.read(root.resolve("deploy/bench/RESULTS.md"));
		String commit = Machine.firstOutputLine("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
		String when = LocalDate.now(ZoneOffset.UTC) + (commit.matches("[0-9a-f]+") ? " at " + commit : "");
		outcomes.forEach((row, outcome) -> file.put(row.name(), outcome, when));
		if (!about.isEmpty()) {
			file.setEnvironment(about);
		}
		file.write();
	}

	private static void stop(BenchTargets peers, CountDownLatch ended, BenchConsole console) {
		peers.rejectNewTargets();
		try {
			peers.close();
			// What was only starting is known to nobody else; whoever started it tidies
			// up.
			ProcessHandle.current().children().forEach(ProcessHandle::destroy);
			ended.await(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (IOException | InterruptedException ex) {
			console.printLine("Something could not be stopped: " + ex.getMessage());
		}
	}

}
