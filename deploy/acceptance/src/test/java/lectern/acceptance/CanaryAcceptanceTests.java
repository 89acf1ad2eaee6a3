package lectern.acceptance;

import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way of a canary: one process of progress-service appends it, another one
 * reads it from the log and streams it to the gateway, which relays it back to the first.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CanaryAcceptanceTests {

	private static final String PRIVATE = "stream=\"/api/v1/readers/{reader}/events\"";

	@Test
	void ageTellsWhetherEventsReachReaders(LecternInstance lectern) throws Exception {
		try (ServiceNode node = lectern.startSecondNode("progress-service", "-Dlectern.canary.url=" + lectern.url(),
				"-Dlectern.canary.interval=300ms")) {
			node.awaitReady();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> meter(node, "lectern_canary_lag_seconds_count") > 3);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> lectern.sumMeter("gateway", "lectern_relay_lag_seconds_count", PRIVATE) > 0);
			for (String stalled : new String[] { "gateway", "progress-service" }) {
				lectern.suspend(stalled);
				try {
					Awaitility.await().atMost(HANG_LIMIT).until(() -> age(node) > 3);
				}
				finally {
					lectern.resume(stalled);
				}
				Awaitility.await().atMost(HANG_LIMIT).until(() -> age(node) < 2);
				assertThat(meter(node, "lectern_canary_lag_seconds_max")).as("the lag while %s stood still", stalled)
					.isGreaterThan(2);
			}
			assertThat(meter(node, "lectern_canary_failures_total")).as("nothing failed, it only stood still").isZero();
		}
	}

	private static double age(ServiceNode node) {
		return meter(node, "lectern_canary_age_seconds");
	}

	private static double meter(ServiceNode node, String name) {
		return LecternInstance.sumMeter(node.managementPort(), name, "");
	}

}
