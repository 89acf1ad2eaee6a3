package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.machine.ProcessGroup;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.BenchTarget;
import lectern.bench.systems.LecternTarget;

/** The memory of idle subscribers to the shared stream. */
final class IdleMemoryScenario implements Scenario {

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public String description() {
		return "memory per idle subscriber of the shared stream, compared with nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		double ours = growth(lectern, LecternTarget.GATEWAY, settings, console);
		double reference = Double.NaN;
		List<String> notes = new ArrayList<>();
		for (BenchTarget nchan : targets.startNchanVariants(FrameSize.measure(lectern, 1))) {
			double kilobytes = growth(nchan, "nginx", settings, console);
			notes.add("%s: %.1f KB".formatted(nchan.name(), kilobytes));
			reference = Double.isNaN(reference) ? kilobytes : Math.min(reference, kilobytes);
			targets.stop(nchan);
		}
		notes.add("growth of the proportional set size with %,d subscribers, after garbage collection"
			.formatted(settings.subscribers()));
		return new ScenarioResult(List
			.of(ResultLine.limit("memory per idle subscriber of a shared stream, gateway", "KB", ours, reference, 10)),
				notes);
	}

	private static double growth(BenchTarget target, String process, BenchSettings settings, BenchConsole console)
			throws IOException {
		// Some subscribers first, so that memory allocated only once does not count.
		DeliverySession.open(target, Math.min(settings.subscribers(), 200), settings.subscribersPerAddress()).close();
		long before = memory(target, process);
		try (DeliverySession session = DeliverySession.open(target, settings)) {
			SettleDelay.await();
			long after = memory(target, process);
			double kilobytes = (after - before) / 1024.0 / settings.subscribers();
			console.printLine("%s: %s from %,d to %,d KB, %.1f KB per subscriber, %,d bytes received by all"
				.formatted(target.name(), process, before / 1024, after / 1024, kilobytes, session.bytesReceived()));
			return kilobytes;
		}
	}

	private static long memory(BenchTarget target, String process) throws IOException {
		target.collectGarbage();
		ProcessGroup group = target.processes().get(process);
		if (group == null) {
			throw new IOException(process + " is not running");
		}
		return group.memoryBytes();
	}

}
