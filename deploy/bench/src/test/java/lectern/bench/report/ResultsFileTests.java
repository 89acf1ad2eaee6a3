package lectern.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsFileTests {

	@TempDir
	private Path folder;

	@Test
	void rewritingOneScenarioKeepsLinesOfOthers() throws IOException {
		Path path = this.folder.resolve("RESULTS.md");
		ResultsFile first = ResultsFile.read(path);
		first.put("one", scenarioResult(ResultLine.ratio("work one", "µs", 8, 10, 0.8)),
				List.of("a machine", "a database"), "Monday");
		first.put("two", scenarioResult(ResultLine.limit("work two", "KB", 12, Double.NaN, 10)), List.of("a machine"),
				"Monday");
		first.write();
		ResultsFile second = ResultsFile.read(path);
		second.put("two", scenarioResult(ResultLine.limit("work two", "KB", 9, Double.NaN, 10)),
				List.of("another machine"), "Tuesday");
		second.write();

		assertThat(Files.readString(path)).contains("| work one | 8.00 µs | 10.00 µs | 0.80 | ≤ 0.8 | met | Monday |")
			.contains("| work two | 9.00 KB | – | – | ≤ 10 KB | met | Tuesday |")
			.contains("* **one** (Monday): a machine; a database\n* **one** (Monday): noted")
			.contains("* **two** (Tuesday): another machine\n* **two** (Tuesday): noted")
			.doesNotContain("12.00 KB");
	}

	@Test
	void verdictShowsDeviationFromBudget() {
		assertThat(ResultLine.ratio("w", "", 16, 10, 0.8).verdict()).isEqualTo("missed by 100 %");
		assertThat(ResultLine.atLeast("w", "", 75, 100).verdict()).isEqualTo("missed by 25 %");
		assertThat(ResultLine.ratio("w", "", 16, Double.NaN, 0.8).verdict()).isEqualTo("no reference");
		assertThat(ResultLine.within("w", "%", 90, 80, 10).verdict()).isEqualTo("met");
		assertThat(ResultLine.within("w", "%", 67, 80, 10).verdict()).isEqualTo("missed by 3 %");
	}

	private static ScenarioResult scenarioResult(ResultLine result) {
		return new ScenarioResult(List.of(result), List.of("noted"));
	}

}
