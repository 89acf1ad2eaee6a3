package lectern.bench.row;

import java.io.IOException;

import lectern.bench.report.Outcome;

/** A row of the table of budgets. */
public interface Row {

	/** The word it is asked for by. */
	String name();

	/** What it measures, in a line. */
	String about();

	/** Whether it runs neither a Lectern nor a peer, and is the same on any machine. */
	default boolean standsAlone() {
		return false;
	}

	/** Measure it. */
	Outcome measure(Peers peers, Console console) throws IOException;

}
