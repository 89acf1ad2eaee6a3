package lectern.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.machine.ProcessGroup;
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.Peer;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** The memory of subscribers to the shared stream who get nothing for now. */
final class MemoryRow implements Row {

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public String about() {
		return "memory an idle subscriber of the shared stream, beside nchan";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Settings settings = peers.settings();
		LecternPeer lectern = peers.newLectern();
		double ours = growth(lectern, LecternPeer.GATEWAY, settings, console);
		double reference = Double.NaN;
		List<String> notes = new ArrayList<>();
		for (Peer nchan : peers.nchans(FrameSize.of(lectern, 1))) {
			double kilobytes = growth(nchan, "nginx", settings, console);
			notes.add("%s: %.1f KB".formatted(nchan.name(), kilobytes));
			reference = Double.isNaN(reference) ? kilobytes : Math.min(reference, kilobytes);
			peers.stop(nchan);
		}
		notes.add("growth of the proportional set size by %,d subscribers, after garbage collection"
			.formatted(settings.subscribers()));
		return new Outcome(List
			.of(Result.limit("memory an idle subscriber of a shared stream, gateway", "KB", ours, reference, 10)),
				notes);
	}

	private static double growth(Peer peer, String process, Settings settings, Console console) throws IOException {
		// A few come and go first: what the first one of all needs is not theirs.
		Session.open(peer, Math.min(settings.subscribers(), 200), settings.perAddress()).close();
		long before = memory(peer, process);
		try (Session session = Session.open(peer, settings)) {
			Pause.settle();
			long after = memory(peer, process);
			double kilobytes = (after - before) / 1024.0 / settings.subscribers();
			console.say("%s: %s from %,d to %,d KB, %.1f KB a subscriber, %,d bytes sent to them".formatted(peer.name(),
					process, before / 1024, after / 1024, kilobytes, session.bytes()));
			return kilobytes;
		}
	}

	private static long memory(Peer peer, String process) throws IOException {
		peer.collectGarbage();
		ProcessGroup group = peer.processes().get(process);
		if (group == null) {
			throw new IOException(process + " does not run");
		}
		return group.memory();
	}

}
