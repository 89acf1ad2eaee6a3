package lectern.web.setting;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each setting of the module whose tests run. */
public abstract class SettingsContract {

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
