package lectern.pages;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModuleJoinerTests {

	@Test
	void libraryImportsAreMergedAndOthersRemoved() {
		String joined = ModuleJoiner.join(List.of(
				ScriptModuleParser.parse("kit/a.js", "import { html } from 'lit';\n\nexport const a = html`a`;\n"),
				ScriptModuleParser.parse("kit/b.js", """
						import { LitElement, html } from 'lit';
						import { a } from './a.js';

						export class B extends LitElement {
						}
						""")));

		assertThat(joined).isEqualTo("""
				import { LitElement, html } from 'lit';

				export const a = html`a`;

				export class B extends LitElement {
				}
				""");
	}

	@Test
	void nameOfTwoModulesIsRefused() {
		assertRefused("const a = 1;\n", "function a() {\n}\n", "the name a at their top level: kit/a.js and kit/b.js.");
	}

	@Test
	void nameOfLibraryIsRefused() {
		assertRefused("import { svg } from 'lit';\n", "const svg = 1;\n", "the library lit and kit/b.js.");
	}

	private static void assertRefused(String one, String other, String message) {
		List<ScriptModule> modules = List.of(ScriptModuleParser.parse("kit/a.js", one),
				ScriptModuleParser.parse("kit/b.js", other));
		assertThatExceptionOfType(PageBuildException.class).isThrownBy(() -> ModuleJoiner.join(modules))
			.withMessageContaining(message);
	}

}
