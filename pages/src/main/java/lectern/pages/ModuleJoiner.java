package lectern.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins modules into one. The imports between them go; those of libraries come first. All
 * exports stay, because modules that are loaded later import them.
 */
final class ModuleJoiner {

	/** The library or the module that has a name. */
	private final Map<String, String> owners = new HashMap<>();

	private ModuleJoiner() {
	}

	/**
	 * Return the text of the joined module.
	 * @param modules the modules, each after what it imports
	 * @throws PageBuildException if two of them have the same name at their top level
	 */
	static String join(List<ScriptModule> modules) {
		ModuleJoiner joiner = new ModuleJoiner();
		StringBuilder joined = new StringBuilder();
		joiner.libraryImports(modules)
			.forEach((library, names) -> joined
				.append("import { %s } from '%s';\n".formatted(String.join(", ", names), library)));
		for (ScriptModule module : modules) {
			module.names().forEach((name) -> joiner.claim(name, module.path()));
			joined.append('\n').append(module.body());
		}
		return joined.toString();
	}

	private SortedMap<String, SortedSet<String>> libraryImports(List<ScriptModule> modules) {
		SortedMap<String, SortedSet<String>> imports = new TreeMap<>();
		modules.stream()
			.flatMap((module) -> module.imports().stream())
			.filter(ScriptImport::library)
			.forEach((each) -> imports.computeIfAbsent(each.source(), (_) -> new TreeSet<>()).addAll(each.names()));
		imports.forEach((library, names) -> names.forEach((name) -> claim(name, "the library " + library)));
		return imports;
	}

	private void claim(String name, String owner) {
		String other = this.owners.putIfAbsent(name, owner);
		if (other != null) {
			throw new PageBuildException("Two of the modules that are joined have the name " + name
					+ " at their top level: " + other + " and " + owner + ". Rename one.");
		}
	}

}
