package lectern.gateway.operations;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How all services were at one moment: the data of one event.
 *
 * @param type always {@code metrics}
 * @param at when they had all answered, or had not in time
 * @param services always the same ones in the same order
 */
record OperationsSnapshot(String type, Instant at, List<ServiceSnapshot> services) {

	OperationsSnapshot(Instant at, List<ServiceSnapshot> services) {
		this("metrics", at, services);
	}

	/**
	 * How one was.
	 *
	 * @param service its name
	 * @param metrics absent if it is down
	 */
	record ServiceSnapshot(String service, ServiceState state, @Nullable List<Metric> metrics) {
	}

}
