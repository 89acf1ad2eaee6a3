package lectern.acceptance;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the services hold when nobody uses them.
 *
 * @param heap the bytes of live objects of each service
 * @param direct the bytes of buffers outside of the heap of each service
 */
record ServiceResources(Map<String, Long> heap, Map<String, Long> direct) {

	/**
	 * Memory may grow by this factor and by {@link #SLACK}: caches fill, code is loaded.
	 */
	private static final double FACTOR = 1.25;

	private static final long SLACK = 16 << 20;

	/** Measure all services, after a garbage collection. */
	static ServiceResources measure(LecternInstance lectern) throws IOException, InterruptedException {
		Map<String, Long> heap = new HashMap<>();
		Map<String, Long> direct = new HashMap<>();
		for (String service : Modules.SERVICES) {
			heap.put(service, lectern.liveHeapBytes(service));
			direct.put(service, (long) lectern.sumMeter(service, "jvm_buffer_memory_used_bytes", "id=\"direct\""));
		}
		return new ServiceResources(heap, direct);
	}

	/** Assert that this is what there was before, but for caches. */
	void assertReturnedTo(ServiceResources before) {
		for (String service : Modules.SERVICES) {
			assertThat(this.heap.get(service)).as("the heap of " + service)
				.isLessThan((long) (before.heap.get(service) * FACTOR) + SLACK);
			assertThat(this.direct.get(service)).as("the direct buffers of " + service)
				.isLessThan((long) (before.direct.get(service) * FACTOR) + SLACK);
		}
	}

	/** Assert that every service is ready, and that no connection or stream is held. */
	static void assertIdle(LecternInstance lectern) {
		Modules.SERVICES.forEach(lectern::awaitReady);
		for (String service : Modules.SERVICES) {
			Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
				assertThat(lectern.sumMeter(service, "r2dbc_pool_acquired_connections", ""))
					.as("connections of the pool in use in " + service)
					.isZero();
				assertThat(lectern.sumMeter(service, "r2dbc_pool_pending_connections", ""))
					.as("requests that wait for a connection in " + service)
					.isZero();
			});
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lectern.sumMeter("gateway", "lectern_stream_subscribers", ""))
				.as("streams of the gateway")
				.isZero());
	}

}
