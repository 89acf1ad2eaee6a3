package lectern.bench.scenario;

/** Prints the progress messages of the bench. */
@FunctionalInterface
public interface BenchConsole {

	/** Print one line. */
	void printLine(String line);

}
