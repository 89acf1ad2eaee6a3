package lectern.pages;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StyleJoinerTests {

	@Test
	void stylesHaveTheOrderOfTheirImports() {
		assertThat(
				StyleJoiner.join(
						Map.of("styles/index.css",
								"/* All. */\n@import 'tokens.css';\n@import url(\"./base.css\");\nmain {\n}\n",
								"styles/base.css", "body {\n}\n", "styles/tokens.css", ":root {\n}\n"),
						"styles/index.css"))
			.isEqualTo("/* All. */\n:root {\n}\nbody {\n}\nmain {\n}\n");
	}

	@Test
	void missingStyleIsNamedWithItsLine() {
		assertThatExceptionOfType(PageBuildException.class)
			.isThrownBy(() -> StyleJoiner.join(Map.of("styles/index.css", "\n@import 'a.css';\n"), "styles/index.css"))
			.withMessage("styles/index.css:2: There is no file styles/a.css.");
	}

	@Test
	void styleOfAnotherHostIsRefused() {
		assertThatExceptionOfType(PageBuildException.class)
			.isThrownBy(() -> StyleJoiner.join(Map.of("styles/index.css", "@import 'https://a.example/b.css';\n"),
					"styles/index.css"))
			.withMessageStartingWith("styles/index.css:1: Import a style as in");
	}

}
