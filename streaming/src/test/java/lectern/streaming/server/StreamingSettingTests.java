package lectern.streaming.server;

import java.io.IOException;

import lectern.web.setting.InvalidSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting of this module with wrong values. */
class StreamingSettingTests {

	@ParameterizedTest
	@MethodSource("lectern.web.setting.InvalidSettings#ofThisModule")
	void wrongValueIsExplainedInOneSentence(String name, String value) throws IOException, ClassNotFoundException {
		InvalidSettings.assertExplained(name, value);
	}

	@Test
	void defaultsAreValid() throws IOException, ClassNotFoundException {
		InvalidSettings.assertDefaultsAreValid();
	}

}
