package lectern.pages;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PageModulesTests {

	@Test
	void modulesFollowWhatTheyImport() {
		PageModules modules = modules(Map.of("main.js", "import { b } from './b.js';\nimport { a } from './a.js';\n",
				"a.js", "export const a = 1;\n", "b.js", "import { a } from './a.js';\nexport const b = a;\n", "c.js",
				"const c = 1;\n"));

		assertThat(modules.inOrderOfDependency(List.of("main.js"))).extracting(ScriptModule::path)
			.containsExactly("a.js", "b.js", "main.js");
	}

	@Test
	void modulesThatImportEachOtherAreNamed() {
		PageModules modules = modules(Map.of("a.js", "import { b } from './b.js';\nexport const a = 1;\n", "b.js",
				"import { a } from './a.js';\nexport const b = 1;\n"));

		assertThatExceptionOfType(PageBuildException.class)
			.isThrownBy(() -> modules.inOrderOfDependency(List.of("a.js")))
			.withMessageEndingWith("a.js -> b.js -> a.js.");
	}

	@Test
	void missingFilesNamesAndLibrariesAreNamed() {
		assertFault("import { a } from './b.js';\n", "a.js:1: There is no file b.js.");
		assertFault("import { b } from './a.js';\n", "a.js:1: a.js does not export b.");
		assertFault("import { b } from 'react';\n", "a.js:1: There is no library react; known are lit.");
		assertFault("const load = () => import('./b.js');\n", "a.js: There is no file b.js.");
	}

	private static void assertFault(String text, String message) {
		assertThatExceptionOfType(PageBuildException.class).isThrownBy(() -> modules(Map.of("a.js", text)))
			.withMessage(message);
	}

	private static PageModules modules(Map<String, String> texts) {
		return new PageModules(texts, Set.of("lit"));
	}

}
