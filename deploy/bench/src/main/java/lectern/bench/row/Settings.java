package lectern.bench.row;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How it is measured.
 *
 * @param root the project's folder
 * @param subscribers how many subscribe
 * @param length of one measurement
 * @param warmUp how long the Java of a new Lectern is warmed up, with the same work
 * @param rounds how often each is measured, in turn
 * @param perAddress subscribers that come from one source address
 * @param javaOptions more options for the Java of Lectern's services
 * @param nchan whether to measure nchan, too
 */
public record Settings(Path root, int subscribers, Duration length, Duration warmUp, int rounds, int perAddress,
		String javaOptions, boolean nchan) {

	/** Events a second that the budgets speak of. */
	static final double RATE = 5;

}
