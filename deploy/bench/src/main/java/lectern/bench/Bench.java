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
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.NchanTarget;

/**
 * Runs the bench. {@code ./lectern bench} builds missing jars and then starts this class.
 */
public final class Bench {

	private static final int STOP_SECONDS = 15;

	private Bench() {
	}

	/**
	 * Measure, print and store the results.
	 * @param arguments the project's folder, then the arguments that {@code help} lists
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
			console.printLine("nchan is not measured. To install it: " + NchanTarget.INSTALL_HINT);
		}
		console.printLine(Machine.description() + "; load " + Machine.loadAverage());
		Map<Scenario, ScenarioResult> results = new LinkedHashMap<>();
		List<String> environment = new ArrayList<>(List.of(Machine.description()));
		BenchTargets targets = new BenchTargets(options.settings(), console);
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(targets, ended, console), "stop"));
		try (targets) {
			for (Scenario scenario : options.scenarios()) {
				measure(scenario, targets, console, results);
			}
			if (!results.keySet().stream().allMatch(Scenario::runsWithoutTarget)) {
				environment.addAll(describeEnvironment(targets));
			}
		}
		finally {
			ended.countDown();
		}
		if (!options.quick() && !results.isEmpty()) {
			writeResults(root, results, environment);
		}
		if (results.size() < options.scenarios().size()) {
			System.exit(1);
		}
	}

	/** If a scenario fails, the others are measured nevertheless. */
	private static void measure(Scenario scenario, BenchTargets targets, BenchConsole console,
			Map<Scenario, ScenarioResult> results) throws IOException {
		console.printLine("== " + scenario.name() + ": " + scenario.description());
		try {
			ScenarioResult result = scenario.measure(targets, console);
			results.put(scenario, result);
			console.printLine(ResultsFile.formatTable(result));
		}
		catch (IOException | IllegalStateException ex) {
			console.printLine("== " + scenario.name() + " failed: " + ex.getMessage());
			targets.close();
		}
	}

	private static List<String> describeEnvironment(BenchTargets targets) throws IOException {
		LecternTarget lectern = targets.anyLectern();
		return List.of(lectern.database().durability(),
				"nchan: " + (NchanTarget.isInstalled() ? NchanTarget.version() : "not installed"));
	}

	private static void writeResults(Path root, Map<Scenario, ScenarioResult> results, List<String> environment)
			throws IOException {
		ResultsFile file = ResultsFile.read(root.resolve("deploy/bench/RESULTS.md"));
		String commit = Machine.firstOutputLine("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
		String when = LocalDate.now(ZoneOffset.UTC) + (commit.matches("[0-9a-f]+") ? " at " + commit : "");
		results.forEach((scenario, result) -> file.put(scenario.name(), result, environment, when));
		file.write();
	}

	private static void stop(BenchTargets targets, CountDownLatch ended, BenchConsole console) {
		targets.rejectNewTargets();
		try {
			targets.close();
			// A target that is still starting is not registered yet. Ending its process
			// makes the main thread fail, which deletes its files.
			ProcessHandle.current().children().forEach(ProcessHandle::destroy);
			ended.await(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (IOException | InterruptedException ex) {
			console.printLine("A target could not be stopped: " + ex.getMessage());
		}
	}

}
