package lectern.bench.row;

/** Where the bench tells its progress, a line at a time. */
@FunctionalInterface
public interface Console {

	/** Say a line. */
	void say(String line);

}
