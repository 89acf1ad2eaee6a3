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
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.NchanPeer;
import lectern.bench.report.Outcome;
import lectern.bench.report.ResultsFile;
import lectern.bench.row.Console;
import lectern.bench.row.Peers;
import lectern.bench.row.Row;

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
			System.out.print(Options.help());
			return;
		}
		try {
			run(root, Options.of(root, words), System.out::println);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private static void run(Path root, Options options, Console console) throws IOException {
		if (!options.settings().nchan()) {
			console.say("nchan is left out; it needs: " + NchanPeer.INSTALL);
		}
		console.say(Machine.description() + "; load " + Machine.load());
		Map<Row, Outcome> outcomes = new LinkedHashMap<>();
		List<String> about = new ArrayList<>();
		Peers peers = new Peers(options.settings(), console);
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(peers, ended, console), "stop"));
		try (peers) {
			for (Row row : options.rows()) {
				measure(row, peers, console, outcomes);
			}
			if (!outcomes.keySet().stream().allMatch(Row::standsAlone)) {
				about.addAll(about(peers));
			}
		}
		finally {
			ended.countDown();
		}
		if (!options.quick() && !outcomes.isEmpty()) {
			keep(root, outcomes, about);
		}
		if (outcomes.size() < options.rows().size()) {
			System.exit(1);
		}
	}

	/** One row that cannot be measured leaves the others measured. */
	private static void measure(Row row, Peers peers, Console console, Map<Row, Outcome> outcomes) throws IOException {
		console.say("== " + row.name() + ": " + row.about());
		try {
			Outcome outcome = row.measure(peers, console);
			outcomes.put(row, outcome);
			console.say(ResultsFile.table(outcome));
		}
		catch (IOException | IllegalStateException ex) {
			console.say("== " + row.name() + " could not be measured: " + ex.getMessage());
			peers.close();
		}
	}

	private static List<String> about(Peers peers) throws IOException {
		LecternPeer lectern = peers.anyLectern();
		return List.of(Machine.description(), lectern.database().durability(),
				"reference: " + (NchanPeer.installed() ? NchanPeer.version() + " with nchan" : "not installed"));
	}

	private static void keep(Path root, Map<Row, Outcome> outcomes, List<String> about) throws IOException {
		ResultsFile file = ResultsFile.read(root.resolve("deploy/bench/RESULTS.md"));
		String commit = Machine.says("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
		String when = LocalDate.now(ZoneOffset.UTC) + (commit.matches("[0-9a-f]+") ? " at " + commit : "");
		outcomes.forEach((row, outcome) -> file.put(row.name(), outcome, when));
		if (!about.isEmpty()) {
			file.describe(about);
		}
		file.write();
	}

	private static void stop(Peers peers, CountDownLatch ended, Console console) {
		peers.startNoMore();
		try {
			peers.close();
			// What was only starting is known to nobody else; whoever started it tidies
			// up.
			ProcessHandle.current().children().forEach(ProcessHandle::destroy);
			ended.await(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (IOException | InterruptedException ex) {
			console.say("Something could not be stopped: " + ex.getMessage());
		}
	}

}
