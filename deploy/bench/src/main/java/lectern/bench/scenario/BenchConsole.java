package lectern.bench.scenario;

/** Where the bench tells its progress, a line at a time. */
@FunctionalInterface
public interface BenchConsole {

	/** Say a line. */
	void printLine(String line);

}
