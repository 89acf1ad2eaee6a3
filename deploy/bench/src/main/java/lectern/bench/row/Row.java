package lectern.bench.row;

import java.io.IOException;

import lectern.bench.report.Outcome;

/** A row of the table of budgets. */
public interface Row {

	/** The word it is asked for by. */
	String name();

	/** What it measures, in a line. */
	String about();

	/** Measure it. */
	Outcome measure(Peers peers, Console console) throws IOException;

}
