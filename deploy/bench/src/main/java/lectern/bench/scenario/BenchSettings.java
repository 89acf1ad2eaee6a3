package lectern.bench.scenario;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of all scenarios.
 *
 * @param root the project's folder
 * @param subscribers the number of subscribers of streams
 * @param measurementTime the length of one measurement
 * @param warmUpTime how long a new Lectern is warmed up with the measured work
 * @param rounds how often each target is measured, in turn
 * @param subscribersPerAddress subscribers per source address
 * @param javaOptions additional JVM options for the services
 * @param includeNchan whether nchan is measured
 * @param profile whether the CPU time of a service is shown by layers of its code
 */
public record BenchSettings(Path root, int subscribers, Duration measurementTime, Duration warmUpTime, int rounds,
		int subscribersPerAddress, String javaOptions, boolean includeNchan, boolean profile) {

	/** The event rate for which the budgets are defined. */
	static final double EVENTS_PER_SECOND = 5;

}
