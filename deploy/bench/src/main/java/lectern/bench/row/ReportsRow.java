package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import lectern.bench.http.Clients;
import lectern.bench.http.Request;
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.Pgbench;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** Reports of positions, each answered once it is durable, beside plain inserts. */
final class ReportsRow implements Row {

	private static final int CLIENTS = 64;

	@Override
	public String name() {
		return "reports";
	}

	@Override
	public String about() {
		return "durable position reports a second, straight and through the gateway, beside pgbench";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Settings settings = peers.settings();
		LecternPeer lectern = peers.newLectern();
		Reporters reporters = Reporters.of(lectern, CLIENTS);
		warmUp(lectern, reporters, settings.warmUp(), console);
		List<String> notes = new ArrayList<>();
		Throughput straight = new Throughput();
		Throughput withKeys = new Throughput();
		Throughput relayed = new Throughput();
		double reference = 0;
		long before = lectern.database().events();
		for (int round = 1; round <= settings.rounds(); round++) {
			measure(straight, lectern, lectern.progressPort(), reporters.reports(), settings.length());
			measure(relayed, lectern, lectern.port(), reporters.reports(), settings.length());
			measure(withKeys, lectern, lectern.progressPort(), reporters.reportsWithKeys(), settings.length());
			if (Pgbench.installed()) {
				double rate = lectern.pgbench(lectern.database().lastReport()).run(CLIENTS, settings.length());
				console.say(String.format(Locale.ROOT, "round %d: pgbench: %,.0f/s", round, rate));
				reference += rate / settings.rounds();
			}
			console.say("round " + round + ": straight: " + straight.summary());
			console.say("round " + round + ": through the gateway: " + relayed.summary());
		}
		notes.add("straight: " + straight.summary());
		notes.add("through the gateway: " + relayed.summary());
		notes.add("straight, each with a key, whose answer is kept: " + withKeys.summary());
		notes.add("%,d events are in the log for it".formatted(lectern.database().events() - before));
		notes.add("reference: " + (Pgbench.installed()
				? Pgbench.version() + ", 64 clients, prepared, one row a transaction into a table like event"
				: "pgbench is not installed; it needs " + Pgbench.INSTALL));
		double plain = Pgbench.installed() ? reference : Double.NaN;
		return new Outcome(List.of(
				Result.ratioAtLeast("durable position reports a second, straight", "", straight.rate(), plain, 1),
				Result.ratioAtLeast("durable position reports a second, through the gateway", "", relayed.rate(), plain,
						0.6),
				Result.reported("durable position reports a second, straight, with keys", "", withKeys.rate(), plain)),
				notes);
	}

	private static void warmUp(LecternPeer lectern, Reporters reporters, Duration length, Console console)
			throws IOException {
		Throughput straight = new Throughput();
		measure(straight, lectern, lectern.progressPort(), reporters.reports(), length.dividedBy(2));
		console.say("Lectern warms up: " + straight.summary());
		Throughput relayed = new Throughput();
		measure(relayed, lectern, lectern.port(), reporters.reportsWithKeys(), length.dividedBy(2));
		console.say("Lectern warms up: " + relayed.summary());
	}

	private static void measure(Throughput throughput, LecternPeer lectern, int port, List<Supplier<Request>> work,
			Duration length) throws IOException {
		try (Clients clients = Clients.to(port, work)) {
			throughput.measure(clients, length, lectern.processes());
		}
	}

}
