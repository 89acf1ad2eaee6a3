package lectern.acceptance.monitoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every query of every rule, panel and section of the runbook has a result in a real
 * Prometheus that scrapes a Lectern in use, or a reason why not.
 */
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "lectern.acceptance.monitoring.PrometheusServer#isInstalled",
		disabledReason = "There is no prometheus on the PATH: the queries of rules and dashboards are not run")
@Timeout(300)
class MonitoringAcceptanceTests {

	private static final String PROGRESS = "progress-service";

	private static final Duration LIMIT = HANG_LIMIT.multipliedBy(2);

	/** What has no result while a Lectern is well, by query, and why. */
	private static final Map<String, String> WITHOUT_RESULT = Map.of("LecternTargetMissing",
			"absent() has a result only while the target is missing", "LecternCanaryMissing",
			"absent() has a result only while the canary is missing", "LecternGatewayTimeouts",
			"no request has timed out", "lectern-readers: Failed requests by route", "no request has failed");

	@Test
	void everyQueryHasResultInUse(LecternInstance lectern, @TempDir Path folder) throws Exception {
		try (ServiceNode canary = lectern.startSecondNode(PROGRESS, "-Dlectern.canary.url=" + lectern.url(),
				"-Dlectern.canary.interval=300ms");
				PrometheusServer prometheus = PrometheusServer.start(lectern, folder, 1, canary.managementPort());
				BackgroundLoad _ = BackgroundLoad.start(lectern, 1)) {
			List<MonitoredQuery> queries = MonitoredQuery.readAll();
			assertThat(queries).hasSizeGreaterThan(100);

			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(withoutResult(prometheus, queries)).isEmpty());

			assertThat(prometheus.rules()).hasSize(MonitoringRule.readAll().size())
				.allSatisfy((rule) -> assertThat(rule.path("health").asString()).as(rule.toString()).isEqualTo("ok"));
		}
	}

	private static List<String> withoutResult(PrometheusServer prometheus, List<MonitoredQuery> queries)
			throws Exception {
		List<String> names = new ArrayList<>();
		for (MonitoredQuery query : queries) {
			if (!WITHOUT_RESULT.containsKey(query.name()) && !hasNumber(prometheus.query(query.expression()))) {
				names.add(query.toString());
			}
		}
		return names;
	}

	/** A quantile of nothing is a vector, too, but not a number. */
	private static boolean hasNumber(JsonNode vector) {
		return vector.valueStream().anyMatch((sample) -> !sample.path("value").path(1).asString().equals("NaN"));
	}

}
