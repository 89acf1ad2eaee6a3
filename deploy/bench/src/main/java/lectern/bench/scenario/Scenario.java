package lectern.bench.scenario;

import java.io.IOException;

import lectern.bench.report.ScenarioResult;

/** A row of the table of budgets. */
public interface Scenario {

	/** The word it is asked for by. */
	String name();

	/** What it measures, in a line. */
	String description();

	/** Whether it runs neither a Lectern nor a peer, and is the same on any machine. */
	default boolean runsWithoutTarget() {
		return false;
	}

	/** Measure it. */
	ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException;

}
