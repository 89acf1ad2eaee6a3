package lectern.acceptance.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of a rule, a panel or the runbook, in a form that has a result whatever the
 * values are.
 *
 * @param name where it is from
 * @param expression the query
 */
record MonitoredQuery(String name, String expression) {

	/** A comparison, or what may contain its characters: selectors and texts. */
	private static final Pattern COMPARISON = Pattern
		.compile("\"[^\"]*\"|\\{(?:\"[^\"]*\"|[^}\"])*}|(==|!=|<=|>=|<|>)");

	/** All of them. */
	static List<MonitoredQuery> readAll() throws IOException {
		List<MonitoredQuery> queries = new ArrayList<>();
		for (MonitoringRule rule : MonitoringRule.readAll()) {
			queries.add(new MonitoredQuery(rule.name(), withoutFilter(rule.expression())));
		}
		for (DashboardPanel panel : DashboardPanel.readAll()) {
			for (String expression : panel.expressions()) {
				queries.add(new MonitoredQuery(panel.name(), withoutVariables(expression)));
			}
		}
		for (RunbookSection section : RunbookSection.readAll()) {
			for (String expression : section.queries()) {
				queries.add(new MonitoredQuery("runbook: " + section.alert(), expression));
			}
		}
		return queries;
	}

	/**
	 * Comparisons of an alert leave nothing while all is well. With {@code bool} they say
	 * so of each series.
	 */
	static String withoutFilter(String expression) {
		return COMPARISON.matcher(expression)
			.replaceAll((match) -> Matcher
				.quoteReplacement((match.group(1) != null) ? match.group() + " bool" : match.group()));
	}

	/** Grafana sets its variables to what the reader of a dashboard selects. */
	private static String withoutVariables(String expression) {
		return expression.replace("$__rate_interval", "1m").replace("$job", ".*");
	}

}
