package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdCounts;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.StreamRequest;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternDatabase;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.TokenSigner;

/** Private streams through the gateway, each of a different reader. */
final class PrivateStreamScenario implements Scenario {

	private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(120);

	private static final List<String> MEASURED_PROCESSES = List.of(LecternTarget.GATEWAY, LecternTarget.PROGRESS);

	/** Lower than for the shared stream, because every token is verified. */
	private static final int CONNECT_RATE = 500;

	@Override
	public String name() {
		return "private";
	}

	@Override
	public String description() {
		return "private streams through the gateway, each of a different reader: open streams, descriptors, memory";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		int readers = settings.subscribers();
		LecternTarget lectern = targets.newLectern();
		console.printLine("Adding %,d readers and signing their tokens ...".formatted(readers));
		TokenSigner signer = lectern.database().addReaders(readers);
		List<StreamRequest> requests = IntStream.range(0, readers)
			.mapToObj(LecternDatabase::readerHandle)
			.map((reader) -> StreamRequest.of("/api/v1/readers/" + reader + "/events", signer.signToken(reader)))
			.toList();
		CrowdPlan plan = CrowdPlan.of(lectern.port(), readers, "")
			.withRequest(requests::get)
			.withSubscribersPerAddress(settings.subscribersPerAddress())
			.withConnectRate(CONNECT_RATE);
		openAndClose(new CrowdPlan(plan.port(), Math.min(readers, 100), plan.request(), plan.readRate(),
				plan.subscribersPerAddress(), plan.connectRate(), plan.threads(), false));
		return measure(lectern, plan, console);
	}

	/** Open some streams first, so that memory allocated only once does not count. */
	private static void openAndClose(CrowdPlan smallPlan) {
		try (Crowd crowd = Crowd.open(smallPlan, CrowdListener.noOp())) {
			crowd.awaitOpen(smallPlan.subscribers(), OPEN_TIMEOUT);
		}
	}

	private static ScenarioResult measure(LecternTarget lectern, CrowdPlan plan, BenchConsole console)
			throws IOException {
		long memoryBefore = memory(lectern);
		try (Crowd crowd = Crowd.open(plan, CrowdListener.noOp())) {
			boolean allOpen = crowd.awaitOpen(plan.subscribers(), OPEN_TIMEOUT);
			SettleDelay.await();
			CrowdCounts counts = crowd.counts();
			console.printLine((allOpen ? "All streams are open: " : "Not all streams are open: ") + counts);
			double kilobytes = (memory(lectern) - memoryBefore) / 1024.0 / Math.max(counts.open(), 1);
			Map<String, Integer> descriptors = descriptors(lectern);
			int maxDescriptors = descriptors.values().stream().mapToInt(Integer::intValue).max().orElse(0);
			List<String> notes = new ArrayList<>();
			notes.add("open descriptors, of each program the process with the most: " + descriptors);
			notes.add("responses by status: " + counts.statuses());
			return new ScenarioResult(List.of(
					ResultLine.atLeast("private streams through the gateway: open streams", "", counts.open(),
							plan.subscribers()),
					ResultLine.limit("private streams: most open descriptors in one process", "", maxDescriptors,
							Double.NaN, 20_000),
					ResultLine.limit("private streams: memory per stream, gateway + service", "KB", kilobytes,
							Double.NaN, 30)),
					notes);
		}
	}

	private static long memory(LecternTarget lectern) throws IOException {
		lectern.collectGarbage();
		return lectern.processes()
			.entrySet()
			.stream()
			.filter((entry) -> MEASURED_PROCESSES.contains(entry.getKey()))
			.mapToLong((entry) -> entry.getValue().memoryBytes())
			.sum();
	}

	private static Map<String, Integer> descriptors(LecternTarget lectern) throws IOException {
		Map<String, Integer> all = new LinkedHashMap<>();
		lectern.processes().forEach((name, processes) -> all.put(name, processes.openDescriptors()));
		return all;
	}

}
