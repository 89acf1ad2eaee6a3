package lectern.bench.row;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import lectern.bench.peer.LecternDatabase;
import lectern.bench.peer.LecternPeer;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** All views of progress-service dropped and built anew while it serves. */
final class RebuildRow implements Row {

	private static final int READINGS = 40;

	private static final int EVENTS = 10_000;

	@Override
	public String name() {
		return "rebuild";
	}

	@Override
	public String about() {
		return "all views of progress-service dropped and built anew from 400,000 events";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		LecternPeer lectern = peers.newLectern();
		LecternDatabase database = lectern.database();
		for (int reading = 0; reading < READINGS; reading++) {
			database.addReading(LecternDatabase.reader(reading), UUID.randomUUID(), EVENTS);
		}
		// Built for the first time, which warms the service up.
		double first = rate(database, console);
		database.dropViews();
		// One more is noticed at once, and with it that the views are gone.
		database.addReading(LecternDatabase.reader(0), UUID.randomUUID(), 1);
		double again = rate(database, console);
		return new Outcome(List.of(Result.atLeast("rebuild of all projections, events a second", "", again, 20_000)),
				List.of(String.format(Locale.ROOT, "%,d events, each taken in by %s; built for the first time: %,.0f/s",
						READINGS * EVENTS, database.views(), first)));
	}

	private static double rate(LecternDatabase database, Console console) throws IOException {
		long began = System.nanoTime();
		while (!database.viewsAreWhole()) {
			Pause.settle();
		}
		double rate = READINGS * EVENTS / ((System.nanoTime() - began) / 1e9);
		console.say(String.format(Locale.ROOT, "All views show all: %,.0f events/s", rate));
		return rate;
	}

}
