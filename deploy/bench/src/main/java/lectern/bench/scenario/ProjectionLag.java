package lectern.bench.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.systems.LecternTarget;

/** The lag of the projections of progress-service, as its meter shows it. */
final class ProjectionLag {

	private static final Pattern METER = Pattern
		.compile("lectern_projection_lag_seconds\\{.*?projection=\"([^\"]+)\".*?} (\\S+)");

	private ProjectionLag() {
	}

	/** Return the largest lag of each projection in the last 20 to 30 seconds. */
	static String largest(LecternTarget lectern) throws IOException {
		try (HttpConnection connection = HttpConnection.connect(lectern.progressManagementPort())) {
			return summary(connection.exchange(TextRequest.get("/actuator/prometheus", Map.of("Accept", "text/plain")))
				.requireSuccess()
				.body());
		}
	}

	/**
	 * Read the lags from the meters of the service.
	 * @param meters in the format of Prometheus
	 */
	static String summary(String meters) {
		return METER.matcher(meters).results().map(ProjectionLag::format).sorted().collect(Collectors.joining(", "));
	}

	private static String format(MatchResult meter) {
		return meter.group(1) + " " + Math.round(Double.parseDouble(meter.group(2)) * 1000) + " ms";
	}

}
