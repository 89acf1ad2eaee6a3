package lectern.pages;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All modules of the pages, whose imports refer to modules that exist. */
final class PageModules {

	private final SortedMap<String, ScriptModule> modules = new TreeMap<>();

	/**
	 * Parse modules, and check what they import.
	 * @param texts the texts by the paths of their files
	 * @param libraries the names of the libraries that can be imported
	 */
	PageModules(Map<String, String> texts, Set<String> libraries) {
		texts.forEach((path, text) -> this.modules.put(path, ScriptModuleParser.parse(path, text)));
		this.modules.values().forEach((module) -> {
			module.imports().forEach((each) -> check(module, each, libraries));
			module.laterModules().forEach((later) -> require(module.path(), later));
		});
	}

	private void check(ScriptModule module, ScriptImport each, Set<String> libraries) {
		if (each.library()) {
			if (!libraries.contains(each.source())) {
				throw PageBuildException.at(module.path(), each.line(),
						"There is no library " + each.source() + "; known are " + String.join(", ", libraries) + ".");
			}
			return;
		}
		ScriptModule source = require(module.path() + ":" + each.line(), each.source());
		for (String name : each.names()) {
			if (!source.exports().contains(name)) {
				throw PageBuildException.at(module.path(), each.line(),
						each.source() + " does not export " + name + ".");
			}
		}
	}

	private ScriptModule require(String user, String path) {
		ScriptModule module = this.modules.get(path);
		if (module == null) {
			throw new PageBuildException(user + ": There is no file " + path + ".");
		}
		return module;
	}

	/** Return all modules in the order of their paths. */
	List<ScriptModule> all() {
		return List.copyOf(this.modules.values());
	}

	/**
	 * Return modules, with all that they import, each after what it imports.
	 * @throws PageBuildException if modules import each other
	 */
	List<ScriptModule> inOrderOfDependency(List<String> paths) {
		Set<ScriptModule> ordered = new LinkedHashSet<>();
		paths.forEach((path) -> collect(require("The first route", path), ordered, new ArrayList<>()));
		return List.copyOf(ordered);
	}

	private void collect(ScriptModule module, Set<ScriptModule> ordered, List<String> importers) {
		if (importers.contains(module.path())) {
			List<String> cycle = importers.subList(importers.indexOf(module.path()), importers.size());
			throw new PageBuildException("Modules import each other, so neither can be first: "
					+ String.join(" -> ", cycle) + " -> " + module.path() + ".");
		}
		if (!ordered.contains(module)) {
			importers.add(module.path());
			module.imports()
				.stream()
				.filter((each) -> !each.library())
				.forEach((each) -> collect(require(module.path(), each.source()), ordered, importers));
			importers.removeLast();
			ordered.add(module);
		}
	}

}
