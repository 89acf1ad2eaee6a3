package lectern.bench.scenario;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How it is measured.
 *
 * @param root the project's folder
 * @param subscribers how many subscribe
 * @param measurementTime of one measurement
 * @param warmUpTime how long the Java of a new Lectern is warmed up, with the same work
 * @param rounds how often each is measured, in turn
 * @param subscribersPerAddress subscribers that come from one source address
 * @param javaOptions more options for the Java of Lectern's services
 * @param includeNchan whether to measure nchan, too
 */
public record BenchSettings(Path root, int subscribers, Duration measurementTime, Duration warmUpTime, int rounds,
		int subscribersPerAddress, String javaOptions, boolean includeNchan) {

	/** Events a second that the budgets speak of. */
	static final double EVENTS_PER_SECOND = 5;

}
