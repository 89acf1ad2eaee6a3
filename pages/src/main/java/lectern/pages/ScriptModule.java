package lectern.pages;

import java.util.List;
import java.util.Set;

/**
 * A module of the pages.
 *
 * @param path the path of the source below the folder of all sources
 * @param text the whole text; the addresses of modules that are loaded later are absolute
 * @param body the text without the imports
 * @param imports the imports, in their order
 * @param laterModules the paths of the modules that it loads later, with {@code import()}
 * @param names the names that it declares at its top level
 * @param exports those of the names that other modules can import
 */
record ScriptModule(String path, String text, String body, List<ScriptImport> imports, List<String> laterModules,
		Set<String> names, Set<String> exports) {
}
