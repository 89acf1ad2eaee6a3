package lectern.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the files that the gateway serves from the sources of the pages: joins the styles
 * and the modules of the first route, puts a hash into each name, and writes the page
 * with the import map and the policy that allows it.
 */
public final class PagesBuild {

	/** The module that starts the pages. */
	static final String START = "app/main.js";

	/**
	 * The modules that a visitor needs first, though the first module loads them later.
	 */
	static final List<String> FIRST_ROUTE = List.of("app/library/library-page.js");

	static final String STYLES = "styles/index.css";

	static final String ICON = "lectern.svg";

	private static final String SHELL = "index.html";

	private final SortedMap<String, String> sources;

	private final Path output;

	private final ImportMap importMap = new ImportMap();

	private final Map<String, String> files = new TreeMap<>();

	private PagesBuild(SortedMap<String, String> sources, Path output) {
		this.sources = sources;
		this.output = output;
	}

	/** Run with the folder of the sources and the folder to write. */
	public static void main(String[] arguments) throws IOException {
		try {
			run(Path.of(arguments[0]), Path.of(arguments[1]));
		}
		catch (PageBuildException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	/**
	 * Write all files to a folder, whose former content is removed.
	 * @throws PageBuildException if something is wrong with a source
	 */
	static void run(Path sources, Path output) throws IOException {
		removeAll(output);
		new PagesBuild(readAll(sources), output).write();
	}

	private void write() throws IOException {
		HashedFiles assets = new HashedFiles(this.output.resolve("assets"));
		for (PageLibrary library : PageLibrary.ALL) {
			this.importMap.put(library.specifier(), assets.write(library.path(), bytes(library.text())));
		}
		writeModules(assets);
		String styles = assets.write(STYLES, bytes(SourceComments.remove(StyleJoiner.join(filesWith(".css"), STYLES))));
		for (Map.Entry<String, String> image : filesWith(".svg").entrySet()) {
			this.files.put(image.getKey(), assets.write(image.getKey(), bytes(image.getValue())));
		}
		writeShell(styles);
	}

	private void writeModules(HashedFiles assets) throws IOException {
		PageModules modules = new PageModules(filesWith(".js"),
				PageLibrary.ALL.stream().map(PageLibrary::specifier).collect(Collectors.toSet()));
		List<String> first = new ArrayList<>(FIRST_ROUTE);
		first.add(START);
		List<ScriptModule> joined = modules.inOrderOfDependency(first);
		String address = assets.write(START, bytes(SourceComments.remove(ModuleJoiner.join(joined))));
		for (ScriptModule module : modules.all()) {
			this.importMap.put(ScriptModuleParser.ASSETS + module.path(), joined.contains(module) ? address
					: assets.write(module.path(), bytes(SourceComments.remove(module.text()))));
		}
	}

	private void writeShell(String styles) throws IOException {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("import-map", this.importMap.json());
		values.put("styles", styles);
		values.put("start", this.importMap.address(ScriptModuleParser.ASSETS + START));
		List<String> preloaded = PageLibrary.ALL.stream()
			.map((library) -> this.importMap.address(library.specifier()))
			.toList();
		Files.writeString(this.output.resolve(SHELL),
				new ShellPage(source(SHELL)).render(values, preloaded, this.files));
		writeProperties(styles);
	}

	/** What the gateway needs to know, also to serve the sources as they are. */
	private void writeProperties(String styles) throws IOException {
		ImportMap libraries = new ImportMap();
		PageLibrary.ALL
			.forEach((library) -> libraries.put(library.specifier(), this.importMap.address(library.specifier())));
		Map<String, String> properties = new TreeMap<>();
		properties.put("policy", SecurityPolicy.allowing(this.importMap.json()));
		properties.put("styles", styles);
		properties.put("icon", this.files.getOrDefault(ICON, ""));
		properties.put("libraries", libraries.json());
		properties.put("policy-of-sources", SecurityPolicy.allowing(libraries.json()));
		Files.writeString(this.output.resolve("pages.properties"),
				properties.entrySet()
					.stream()
					.map((property) -> property.getKey() + "=" + property.getValue() + "\n")
					.collect(Collectors.joining()));
	}

	private String source(String path) {
		String text = this.sources.get(path);
		if (text == null) {
			throw new PageBuildException("There is no file " + path + ".");
		}
		return text;
	}

	private SortedMap<String, String> filesWith(String ending) {
		SortedMap<String, String> found = new TreeMap<>(this.sources);
		found.keySet().removeIf((path) -> !path.endsWith(ending));
		return found;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static SortedMap<String, String> readAll(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile)
				.collect(Collectors.toMap((file) -> folder.relativize(file).toString().replace('\\', '/'),
						PagesBuild::read, (one, _) -> one, TreeMap::new));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void removeAll(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
