package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.machine.ProcessGroup;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.targets.BenchTarget;
import lectern.bench.targets.LecternTarget;

/** The memory of subscribers to the shared stream who get nothing for now. */
final class IdleMemoryScenario implements Scenario {

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public String description() {
		return "memory an idle subscriber of the shared stream, beside nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		BenchSettings settings = peers.settings();
		LecternTarget lectern = peers.newLectern();
		double ours = growth(lectern, LecternTarget.GATEWAY, settings, console);
		double reference = Double.NaN;
		List<String> notes = new ArrayList<>();
		for (BenchTarget nchan : peers.startNchanVariants(FrameSize.measure(lectern, 1))) {
			double kilobytes = growth(nchan, "nginx", settings, console);
			notes.add("%s: %.1f KB".formatted(nchan.name(), kilobytes));
			reference = Double.isNaN(reference) ? kilobytes : Math.min(reference, kilobytes);
			peers.stop(nchan);
		}
		notes.add("growth of the proportional set size by %,d subscribers, after garbage collection"
			.formatted(settings.subscribers()));
		return new ScenarioResult(List
			.of(ResultLine.limit("memory an idle subscriber of a shared stream, gateway", "KB", ours, reference, 10)),
				notes);
	}

	private static double growth(BenchTarget peer, String process, BenchSettings settings, BenchConsole console)
			throws IOException {
		// A few come and go first: what the first one of all needs is not theirs.
		DeliverySession.open(peer, Math.min(settings.subscribers(), 200), settings.subscribersPerAddress()).close();
		long before = memory(peer, process);
		try (DeliverySession session = DeliverySession.open(peer, settings)) {
			SettleDelay.await();
			long after = memory(peer, process);
			double kilobytes = (after - before) / 1024.0 / settings.subscribers();
			console.printLine("%s: %s from %,d to %,d KB, %.1f KB a subscriber, %,d bytes sent to them"
				.formatted(peer.name(), process, before / 1024, after / 1024, kilobytes, session.bytesReceived()));
			return kilobytes;
		}
	}

	private static long memory(BenchTarget peer, String process) throws IOException {
		peer.collectGarbage();
		ProcessGroup group = peer.processes().get(process);
		if (group == null) {
			throw new IOException(process + " does not run");
		}
		return group.memoryBytes();
	}

}
