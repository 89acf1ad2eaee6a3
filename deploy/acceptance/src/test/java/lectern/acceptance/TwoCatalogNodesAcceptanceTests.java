package lectern.acceptance;

import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes of catalog-service that import into one database. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TwoCatalogNodesAcceptanceTests {

	/** Longer than a process may be silent before its imports are called failed. */
	private static final int RUNNING_SECONDS = 20;

	@Test
	void importFailsOnlyWithTheProcessThatRunsIt(LecternInstance lectern) throws Exception {
		String token = lectern.adminToken();
		try (OpenImport surviving = OpenImport.start(lectern.port("catalog-service"), "surviving", token);
				ServiceNode node = lectern.startSecondNode("catalog-service")) {
			node.awaitReady();
			try (OpenImport interrupted = OpenImport.start(node.port(), "interrupted", token)) {
				Awaitility.await()
					.atMost(LecternInstance.RESTART_TIMEOUT)
					.untilAsserted(() -> assertThat(state(lectern, "interrupted")).isEqualTo("running"));
				// Both nodes have looked for abandoned imports since this one could be
				// one.
				Awaitility.await().atMost(LecternInstance.RESTART_TIMEOUT).until(() -> {
					surviving.sendBook();
					interrupted.sendBook();
					return isOlderThan(RUNNING_SECONDS, lectern, "surviving")
							&& isOlderThan(RUNNING_SECONDS, lectern, "interrupted");
				});
				assertThat(state(lectern, "surviving")).isEqualTo("running");
				assertThat(state(lectern, "interrupted")).isEqualTo("running");

				node.kill();

				Awaitility.await().atMost(LecternInstance.RESTART_TIMEOUT).untilAsserted(() -> {
					surviving.sendBook();
					assertThat(state(lectern, "interrupted")).isEqualTo("failed");
				});
			}
			assertThat(state(lectern, "surviving")).isEqualTo("running");
			assertThat(surviving.finish()).startsWith("HTTP/1.1 201 ").contains("\"state\":\"done\"");
			assertThat(value(lectern, "added::text || ' ' || state", "surviving"))
				.isEqualTo(surviving.books() + " done");
			System.out.printf("acceptance: the import of a killed process failed after %s s%n",
					value(lectern, "round(extract(epoch from ended_at - heartbeat_at), 1)", "interrupted"));
		}
	}

	private static String state(LecternInstance lectern, String source) throws Exception {
		return value(lectern, "coalesce(max(state), 'missing')", source);
	}

	private static boolean isOlderThan(int seconds, LecternInstance lectern, String source) throws Exception {
		return value(lectern, "clock_timestamp() - started_at > interval '" + seconds + " s'", source).equals("t");
	}

	private static String value(LecternInstance lectern, String expression, String source) throws Exception {
		return lectern.queryValue("catalog", "select " + expression + " from import where source = '" + source + "'");
	}

}
