package lectern.gateway.operations;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The state of all services at one time: the data of one event.
 *
 * @param type always {@code metrics}
 * @param at when all services had responded or timed out
 * @param services always the same services in the same order
 */
record OperationsSnapshot(String type, Instant at, List<ServiceSnapshot> services) {

	OperationsSnapshot(Instant at, List<ServiceSnapshot> services) {
		this("metrics", at, services);
	}

	/**
	 * The state of one service.
	 *
	 * @param service its name
	 * @param metrics absent if the service is down
	 */
	record ServiceSnapshot(String service, ServiceState state, @Nullable List<Metric> metrics) {
	}

}
