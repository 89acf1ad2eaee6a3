package lectern.acceptance.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import lectern.acceptance.TestScale;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Prints which alerts are pending and firing while a fault lasts, and after it. */
final class AlertTimeline {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final PrometheusServer prometheus;

	private final String fault;

	private final int pace;

	private final long start = System.nanoTime();

	private String printed = "";

	private long printedMinute = -1;

	/**
	 * @param pace how many times faster than written the times of the rules pass
	 */
	AlertTimeline(PrometheusServer prometheus, String fault, int pace) {
		this.prometheus = prometheus;
		this.fault = fault;
		this.pace = pace;
	}

	/** Wait until the names of the firing alerts satisfy a condition. */
	void await(Predicate<Set<String>> condition) {
		Awaitility.await(this.fault).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
			List<JsonNode> alerts = this.prometheus.alerts();
			Set<String> firing = names(alerts, "firing");
			printIfNews("firing " + firing + ", pending " + names(alerts, "pending"));
			return condition.test(firing);
		});
	}

	private static Set<String> names(List<JsonNode> alerts, String state) {
		Set<String> names = new TreeSet<>();
		for (JsonNode alert : alerts) {
			JsonNode labels = alert.path("labels");
			if (alert.path("state").asString().equals(state)) {
				names.add(labels.path("alertname").asString());
			}
		}
		return names;
	}

	private void printIfNews(String state) {
		long minute = (long) minutes();
		if (!state.equals(this.printed) || minute != this.printedMinute) {
			print(state);
			this.printed = state;
			this.printedMinute = minute;
		}
	}

	/** Print what happens, with the time since the beginning as the rules see it. */
	void print(String text) {
		TestScale.report("%s, minute %.1f: %s", this.fault, minutes(), text);
	}

	private double minutes() {
		return (System.nanoTime() - this.start) / 60e9 * this.pace;
	}

}
