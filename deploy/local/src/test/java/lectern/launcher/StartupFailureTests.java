package lectern.launcher;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartupFailureTests {

	private static final String TEXT = """
			2026-11-30T00:00:00.000Z ERROR o.s.b.d.LoggingFailureAnalysisReporter

			***************************
			APPLICATION FAILED TO START
			***************************

			Description:

			The setting lectern.relay.enabled (LECTERN_RELAY_ENABLED in the environment) is "maybe": it must be true or false.
			""";

	private static final String SENTENCE = "The setting lectern.relay.enabled (LECTERN_RELAY_ENABLED in the "
			+ "environment) is \"maybe\": it must be true or false.";

	@Test
	void findsSentenceInLines() {
		assertThat(StartupFailure.find(TEXT.lines().toList())).isEqualTo(SENTENCE);
	}

	@Test
	void findsSentenceInJson() {
		String line = "{\"message\":\"" + TEXT.replace("\"", "\\\"").replace("\n", "\\n")
				+ "\",\"level\":\"ERROR\",\"logger_name\":\"Description: of another\"}";
		assertThat(StartupFailure.find(List.of("{\"message\":\"Starting\"}", line))).isEqualTo(SENTENCE);
	}

	@Test
	void otherLogHasNone() {
		assertThat(StartupFailure.find(List.of("Description:", "", "something else"))).isNull();
		assertThat(StartupFailure.find(List.of())).isNull();
	}

}
