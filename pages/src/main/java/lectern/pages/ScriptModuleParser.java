package lectern.pages;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a module imports, declares and exports. It knows the few forms that the
 * pages use, each of which begins in the first column; another form there is an error.
 */
final class ScriptModuleParser {

	/** The address below which the gateway serves the files. */
	static final String ASSETS = "/assets/";

	private static final String NAME = "[A-Za-z_$][\\w$]*";

	private static final Pattern IMPORT = Pattern.compile(
			"import (?:\\{\\s*(" + NAME + "(?:\\s*,\\s*" + NAME + ")*)\\s*,?\\s*}\\s*from )?'([^']+)';",
			Pattern.DOTALL);

	private static final Pattern DECLARATION = Pattern
		.compile("(export )?(?:const|let|class|(?:async )?function\\*?) (" + NAME + ")\\b.*");

	private static final Pattern UNSUPPORTED = Pattern.compile("(?:export|import|var|const|let)\\b.*");

	private static final Pattern LATER = Pattern.compile("\\bimport\\(([^)]*)\\)");

	private static final Pattern RELATIVE = Pattern.compile("'(\\.{1,2}/[^']+)'");

	private final String path;

	private final List<String> body = new ArrayList<>();

	private final List<ScriptImport> imports = new ArrayList<>();

	private final List<String> laterModules = new ArrayList<>();

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> exports = new LinkedHashSet<>();

	private ScriptModuleParser(String path) {
		this.path = path;
	}

	/**
	 * Parse the text of a module.
	 * @throws PageBuildException if it has a form that cannot be joined
	 */
	static ScriptModule parse(String path, String text) {
		return new ScriptModuleParser(path).parse(text.lines().toList());
	}

	private ScriptModule parse(List<String> source) {
		List<String> lines = new ArrayList<>();
		for (int index = 0; index < source.size(); index++) {
			lines.add(withAbsoluteAddresses(source.get(index), index + 1));
		}
		for (int index = 0; index < lines.size(); index++) {
			String line = lines.get(index);
			if (line.startsWith("import ")) {
				int last = lastLineOfImport(lines, index);
				addImport(String.join("\n", lines.subList(index, last + 1)), index + 1);
				index = last;
			}
			else {
				addDeclaration(line, index + 1);
				this.body.add(line);
			}
		}
		return new ScriptModule(this.path, String.join("\n", lines) + "\n", String.join("\n", this.body).strip() + "\n",
				this.imports, this.laterModules, this.names, this.exports);
	}

	private int lastLineOfImport(List<String> lines, int first) {
		for (int index = first; index < lines.size(); index++) {
			if (lines.get(index).endsWith(";")) {
				return index;
			}
		}
		throw PageBuildException.at(this.path, first + 1, "The import has no end.");
	}

	private void addImport(String statement, int line) {
		Matcher matcher = IMPORT.matcher(statement);
		if (!matcher.matches()) {
			throw PageBuildException.at(this.path, line,
					"Import names as in \"import { a, b } from './file.js';\". Other forms cannot be joined.");
		}
		List<String> imported = (matcher.group(1) != null) ? List.of(matcher.group(1).split("\\s*,\\s*")) : List.of();
		String from = matcher.group(2);
		boolean library = !from.startsWith(".");
		this.imports.add(new ScriptImport(line, imported, library ? from : resolve(from, line), library));
	}

	private void addDeclaration(String line, int number) {
		Matcher declaration = DECLARATION.matcher(line);
		if (declaration.matches()) {
			this.names.add(declaration.group(2));
			if (declaration.group(1) != null) {
				this.exports.add(declaration.group(2));
			}
		}
		else if (UNSUPPORTED.matcher(line).matches()) {
			throw PageBuildException.at(this.path, number,
					"Declare one name as in \"const a\", \"function a\" or \"class A\", with \"export\" before it"
							+ " if others need it. Other forms cannot be joined.");
		}
	}

	/** A joined module is at another address, which its addresses must not depend on. */
	private String withAbsoluteAddresses(String line, int number) {
		return LATER.matcher(line).replaceAll((found) -> {
			Matcher address = RELATIVE.matcher(found.group(1));
			if (!address.matches()) {
				throw PageBuildException.at(this.path, number,
						"Load a module as in \"import('./file.js')\", with its relative address in quotes.");
			}
			String module = resolve(address.group(1), number);
			this.laterModules.add(module);
			return Matcher.quoteReplacement("import('" + ASSETS + module + "')");
		});
	}

	private String resolve(String relative, int line) {
		List<String> segments = new ArrayList<>(List.of(this.path.split("/")));
		segments.removeLast();
		for (String segment : relative.split("/")) {
			if (segment.equals("..") && segments.isEmpty()) {
				throw PageBuildException.at(this.path, line, relative + " is outside of the pages.");
			}
			switch (segment) {
				case "." -> {
				}
				case ".." -> segments.removeLast();
				default -> segments.add(segment);
			}
		}
		return String.join("/", segments);
	}

}
