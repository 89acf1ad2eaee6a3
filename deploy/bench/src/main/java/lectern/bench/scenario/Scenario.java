package lectern.bench.scenario;

import java.io.IOException;

import lectern.bench.report.ScenarioResult;

/** One measurement that can be run by itself. */
public interface Scenario {

	/** Return the name by which it is selected on the command line. */
	String name();

	/** Return one line that says what is measured. */
	String description();

	/** Return whether it starts no target, so that its result depends on no machine. */
	default boolean runsWithoutTarget() {
		return false;
	}

	/**
	 * Run the measurement.
	 * @param targets starts the measured servers
	 * @param console prints the progress
	 * @throws IOException if it cannot be measured
	 */
	ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException;

}
