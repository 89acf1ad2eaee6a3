package lectern.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleStepTests {

	@Test
	void commandHasContinuationLinesAndOutput() {
		List<ConsoleStep> steps = parse("""
				Text, and a block that is not a console:

				```
				$ ignored
				```

				```console
				$ curl one \\
				    -d two
				output

				$ token=$(three)
				```
				""");
		assertThat(steps).extracting(ConsoleStep::command).containsExactly("curl one \\\n    -d two", "token=$(three)");
		assertThat(steps).extracting((step) -> step.expected().text()).containsExactly("output", "");
	}

	@Test
	void indentOfListItemIsRemoved() {
		List<ConsoleStep> steps = parse("""
				1. Item

				   ```console
				   $ one
				   output
				   ```
				""");
		assertThat(steps).singleElement().extracting(ConsoleStep::command).isEqualTo("one");
		assertThat(steps.getFirst().expected().text()).isEqualTo("output");
	}

	@Test
	void blockWithoutCommandIsMoreOutputOfStream() {
		List<ConsoleStep> steps = parse("""
				```console
				$ curl -N stream
				id:1
				```
				```console
				id:2
				```
				""");
		assertThat(steps).extracting(ConsoleStep::isStream).containsExactly(true, false);
		assertThat(steps.getLast().command()).isNull();
		assertThat(steps.getLast().expected().text()).isEqualTo("id:2");
	}

	private static List<ConsoleStep> parse(String markdown) {
		return ConsoleStep.parse(markdown.lines().toList());
	}

}
