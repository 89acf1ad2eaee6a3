package lectern.pages;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScriptModuleParserTests {

	@Test
	void findsImportsOfModulesAndLibraries() {
		ScriptModule module = ScriptModuleParser.parse("app/book/book-page.js", """
				// A page.
				import { html, nothing } from 'lit';
				import {
				  read,
				  readAll,
				} from '../../kit/api.js';
				import './edition-list.js';

				const BOOKS = 1;
				""");

		assertThat(module.imports()).containsExactly(new ScriptImport(2, List.of("html", "nothing"), "lit", true),
				new ScriptImport(3, List.of("read", "readAll"), "kit/api.js", false),
				new ScriptImport(7, List.of(), "app/book/edition-list.js", false));
		assertThat(module.body()).isEqualTo("// A page.\n\nconst BOOKS = 1;\n");
	}

	@Test
	void findsNamesOfTopLevel() {
		ScriptModule module = ScriptModuleParser.parse("kit/a.js", """
				export const one = 1;
				let two = 2;
				export async function three() {
				  const inner = 3;
				  return inner;
				}
				function four() {
				}
				export class Five extends Four {
				}
				customElements.define('lectern-five', Five);
				""");

		assertThat(module.names()).containsExactly("one", "two", "three", "four", "Five");
		assertThat(module.exports()).containsExactly("one", "three", "Five");
	}

	@Test
	void addressesOfLaterModulesBecomeAbsolute() {
		ScriptModule module = ScriptModuleParser.parse("app/routes.js",
				"export const routes = [{ load: () => import('./book/book-page.js') }];\n");

		assertThat(module.laterModules()).containsExactly("app/book/book-page.js");
		assertThat(module.text()).contains("import('/assets/app/book/book-page.js')").isEqualTo(module.body());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			import a from './a.js';             | Import names as in
			import * as a from './a.js';        | Import names as in
			import { a as b } from './a.js';    | Import names as in
			import { a } from './a.js'          | The import has no end
			import { a } from '../../a.js';     | is outside of the pages
			export default class A {            | Declare one name as in
			export { a };                       | Declare one name as in
			const { a, b } = c;                 | Declare one name as in
			var a = 1;                          | Declare one name as in
			const a = () => import(address);    | Load a module as in
			""")
	void refusesOtherFormsAndNamesTheirLine(String line, String reason) {
		assertThatExceptionOfType(PageBuildException.class)
			.isThrownBy(() -> ScriptModuleParser.parse("app/a.js", "const first = 1;\n" + line + "\n"))
			.withMessageStartingWith("app/a.js:2: ")
			.withMessageContaining(reason);
	}

}
