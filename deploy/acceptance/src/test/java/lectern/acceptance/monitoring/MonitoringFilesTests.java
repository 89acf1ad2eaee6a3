package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.acceptance.DocumentedMeters;
import lectern.acceptance.Modules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules, dashboards and the runbook name what exists. */
class MonitoringFilesTests {

	private static final Pattern EXPORTED = Pattern.compile("(?<![\\w:])lectern_\\w+");

	private static final Pattern RECORDED = Pattern.compile("\\blectern:[\\w:]+");

	private static final Pattern ALERT = Pattern.compile("\\bLectern[A-Z]\\w+");

	/** What Prometheus adds to the name of a meter. */
	private static final String SUFFIX = "(_seconds)?(_total|_bucket|_count|_sum|_max)?$";

	@Test
	void everyAlertSaysHowUrgentItIsAndWhatToDo() throws IOException {
		Set<String> anchors = RunbookSection.readAll().stream().map(RunbookSection::anchor).collect(Collectors.toSet());
		assertThat(MonitoringRule.readAlerts()).hasSizeGreaterThan(30).allSatisfy((alert) -> {
			assertThat(alert.severity()).as(alert.name()).isIn("critical", "warning", "info");
			assertThat(alert.summary()).as(alert.name()).isNotEmpty();
			assertThat(alert.runbookUrl()).contains("/runbook.md#");
			assertThat(anchors).contains(alert.runbookUrl().substring(alert.runbookUrl().indexOf('#')));
			assertThat(alert.runbookUrl()).endsWith("#" + alert.name().toLowerCase(Locale.ROOT));
		});
	}

	@Test
	void runbookHasSectionForEachAlertAndNoOther() throws IOException {
		assertThat(RunbookSection.readAll()).extracting(RunbookSection::alert)
			.containsExactlyInAnyOrderElementsOf(alertNames());
	}

	@Test
	void operationsNameEveryAlertAndNoOther() throws IOException {
		String operations = Files.readString(Modules.ROOT.resolve("docs/operations.md"));
		assertThat(find(ALERT, operations)).containsExactlyInAnyOrderElementsOf(alertNames());
	}

	@Test
	void panelsNameAlertsThatExist() throws IOException {
		assertThat(DashboardPanel.readAll()).hasSizeGreaterThan(50)
			.allSatisfy((panel) -> assertThat(alertNames()).containsAll(find(ALERT, panel.description())));
	}

	@Test
	void everyAlertHasTestOfFiring() throws IOException {
		Set<String> tested = new HashSet<>();
		try (Stream<Path> files = Files.list(MonitoringRule.FOLDER.resolve("tests"))) {
			for (Path file : files.toList()) {
				MonitoringRule.yaml(file)
					.path("tests")
					.valueStream()
					.flatMap((test) -> test.path("promql_expr_test").valueStream())
					.filter((test) -> !test.path("exp_samples").isEmpty())
					.forEach((test) -> tested.add(test.path("exp_samples").get(0).path("labels").asString()));
			}
		}
		assertThat(MonitoringRule.readAlerts()).allSatisfy((alert) -> assertThat(tested)
			.contains("{alertname=\"%s\",severity=\"%s\"}".formatted(alert.name(), alert.severity())));
	}

	@Test
	void metersAreDeclared() throws Exception {
		Set<String> declared = DocumentedMeters.names()
			.stream()
			.map((name) -> name.replace('.', '_'))
			.collect(Collectors.toSet());
		assertThat(find(EXPORTED, String.join("\n", allExpressions()))).hasSizeGreaterThan(20)
			.allSatisfy((name) -> assertThat(declared).contains(name.replaceFirst(SUFFIX, "")));
	}

	@Test
	void recordedSeriesHaveRule() throws IOException {
		Set<String> recorded = MonitoringRule.readAll()
			.stream()
			.filter((rule) -> !rule.alert())
			.map(MonitoringRule::name)
			.collect(Collectors.toSet());
		assertThat(find(RECORDED, String.join("\n", allExpressions()))).containsExactlyInAnyOrderElementsOf(recorded);
	}

	private static Set<String> alertNames() throws IOException {
		return MonitoringRule.readAlerts().stream().map(MonitoringRule::name).collect(Collectors.toSet());
	}

	private static List<String> allExpressions() throws IOException {
		return MonitoredQuery.readAll().stream().map(MonitoredQuery::expression).toList();
	}

	private static Set<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
	}

}
